using System.Globalization;

namespace Sensor.Contracts.Hj212;

/// <summary>
/// Cuts frames out of a stream of bytes: <c>##</c>, a length of four digits, the data segment, a checksum of four hexadecimal digits
/// in either case, CR LF. Real senders leave out CR, LF or both, so a frame is complete without them.
/// </summary>
/// <remarks>
/// <para>What comes out does not depend on how the stream was split. After a refused frame it goes on at the next <c>##</c>, inside of
/// what the refused length claimed where nothing confirms that length. Blanks between frames are passed over.</para>
/// <para>The length counts bytes. One that counts characters instead is taken where UTF-8 text makes the two differ and the checksum holds.</para>
/// <para>Never throws; holds one unfinished frame at most when <see cref="Next"/> is asked until it has nothing. Not thread-safe.</para>
/// </remarks>
public sealed class Hj212FrameCutter
{
    /// <summary>The longest data segment, in bytes (HJ 212-2017, table 2).</summary>
    public const int LongestSegment = 1024;

    private byte[] _bytes = [];
    private int _at;
    private long _gone;
    private (long From, long Count) _stray;
    private bool _afterRefusal;
    private bool _ended;

    private ReadOnlySpan<byte> View => _bytes.AsSpan(_at);

    private long Offset => _gone + _at;

    /// <summary>Takes bytes that arrived.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _gone += _at;
        _bytes = [.. View, .. bytes];
        _at = 0;
    }

    /// <summary>Says that no bytes will follow, so that what is unfinished is refused.</summary>
    public void End() => _ended = true;

    /// <summary>The next frame or refusal, or null when more bytes are needed.</summary>
    public Hj212Cut? Next()
    {
        var found = FindHead();
        if (_stray.Count > 0 && (found || (_ended && View.IsEmpty)))
        {
            var refusal = new Hj212Refusal(Hj212RefusalKind.Stray, $"{_stray.Count} bytes belong to no frame", _stray.From);
            _stray = default;
            return new Hj212Cut.Refused(refusal);
        }

        return found ? Frame() : null;
    }

    /// <summary>Passes over everything before the next <c>##</c>.</summary>
    private bool FindHead()
    {
        while (View.Length > 0 && !View.StartsWith("##"u8))
        {
            if (View.Length == 1 && View[0] == '#' && !_ended)
            {
                return false;
            }

            PassOver(View[0]);
        }

        return View.Length > 0;
    }

    private void PassOver(byte b)
    {
        if (!_afterRefusal && (_stray.Count > 0 || b is not ((byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t')))
        {
            _stray = (_stray.Count == 0 ? Offset : _stray.From, _stray.Count + 1);
        }

        _at++;
    }

    private Hj212Cut? Frame()
    {
        if (View.Length < Hj212Frame.Head)
        {
            return _ended ? Refuse(Hj212RefusalKind.Truncated, "the bytes end inside the head of a frame", View.Length) : null;
        }

        if (Hj212Frame.Length(View) is not { } length)
        {
            return Refuse(Hj212RefusalKind.Length, "the length is not four digits", Hj212Frame.LengthAt);
        }

        return length > LongestSegment
            ? Refuse(Hj212RefusalKind.Length, $"the length is {length}, above {LongestSegment}", Hj212Frame.LengthAt)
            : View.Length < Hj212Frame.Around + length ? Unfinished(length) : Whole(length);
    }

    private Hj212Cut.Refused? Unfinished(int length)
    {
        if (!_ended)
        {
            return null;
        }

        return Hj212Frame.End(View, atEnd: true) is { } actual
            ? WrongLength(length, actual)
            : Refuse(Hj212RefusalKind.Truncated, $"the bytes end before the {length} of the data segment and its checksum", View.Length);
    }

    private Hj212Cut? Whole(int length)
    {
        if (Hj212Frame.Holds(View, length))
        {
            return Take(length);
        }

        var frame = View[..(Hj212Frame.Around + length)];
        return Hj212Frame.End(frame, atEnd: false) is { } actual && actual < length
            ? WrongLength(length, actual)
            : Hj212Frame.Segment(frame, length).ContainsAnyInRange((byte)0x80, (byte)0xFF) ? CountedInCharacters(length) : WrongChecksum(length);
    }

    private Hj212Cut? CountedInCharacters(int characters)
    {
        var window = View[..Math.Min(View.Length, Hj212Frame.Around + (4 * LongestSegment) + 1)];
        if (Hj212Frame.End(window, _ended) is not { } length)
        {
            return _ended || window.Length < View.Length ? WrongChecksum(characters) : null;
        }

        return length > characters && length <= LongestSegment && Hj212Frame.Characters(View, length) == characters && Hj212Frame.Holds(View, length)
            ? Take(length)
            : WrongChecksum(characters);
    }

    private Hj212Cut.Frame Take(int length)
    {
        var frame = new Hj212Cut.Frame(Hj212Frame.Segment(View, length).ToArray(), Offset + Hj212Frame.Head);
        _at += Hj212Frame.Around + length;
        _afterRefusal = false;
        return frame;
    }

    private Hj212Cut.Refused WrongLength(int length, int actual) =>
        Refuse(Hj212RefusalKind.Length, $"the length is {length}, and the data segment has {actual} bytes", Hj212Frame.LengthAt);

    private Hj212Cut.Refused WrongChecksum(int length)
    {
        var closed = Hj212Frame.Segment(View, length).EndsWith("&&"u8);
        var stated = Hj212Frame.Checksum(View, length);
        if (stated is null && !closed)
        {
            return Refuse(Hj212RefusalKind.Length, $"the length is {length}, and no checksum stands after as many bytes", Hj212Frame.LengthAt);
        }

        var computed = Hj212Crc.Of(Hj212Frame.Segment(View, length)).ToString("X4", CultureInfo.InvariantCulture);
        var says = stated is { } number ? "is " + number.ToString("X4", CultureInfo.InvariantCulture) : "is not four hexadecimal digits";
        return Refuse(Hj212RefusalKind.Checksum, $"the checksum {says}, and that of the data segment is {computed}", Hj212Frame.Head + length, closed && stated is not null ? Hj212Frame.Around + length : 1);
    }

    private Hj212Cut.Refused Refuse(Hj212RefusalKind kind, string reason, int at, int skip = 1)
    {
        var refused = new Hj212Cut.Refused(new Hj212Refusal(kind, reason, Offset + at));
        _at += skip;
        _afterRefusal = true;
        return refused;
    }
}
