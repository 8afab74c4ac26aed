namespace Sensor.Contracts.Wire;

/// <summary>A file of envelopes of any number: a CBOR sequence (RFC 8742), one after another without anything between, as a station writes it to a stick.</summary>
/// <remarks>Nothing but the envelopes vouches for it; each carries its own signature and its place in the station's chain.</remarks>
public static class EnvelopeFile
{
    /// <summary>The items of a whole file in its order, as slices of it. An item is not yet an envelope, see <see cref="EnvelopeSequence"/>.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="FormatException">It is not a sequence of items of an envelope's size; the message says at which byte.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> file)
    {
        var (items, rest) = (new List<ReadOnlyMemory<byte>>(), file);
        while (!rest.IsEmpty)
        {
            if (EnvelopeSequence.TakeNext(ref rest, items) is { } refusal)
            {
                throw new FormatException($"at byte {file.Length - rest.Length}: {refusal.Detail}");
            }
        }

        return items;
    }

    /// <summary>The items of a file in its order, in batches of at most the size of a message. An item is not yet an envelope, see <see cref="EnvelopeSequence"/>.</summary>
    /// <param name="file">The file; read once, from where it stands.</param>
    /// <exception cref="FormatException">From here on the file is not a sequence of items of an envelope's size; the message says at which byte. Everything before was returned.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> Read(Stream file)
    {
        var rest = Array.Empty<byte>();
        for (var (at, more) = (0L, true); more || rest.Length > 0;)
        {
            var buffer = new byte[WireLimits.Message];
            rest.CopyTo(buffer, 0);
            var filled = rest.Length + file.ReadAtLeast(buffer.AsSpan(rest.Length), buffer.Length - rest.Length, throwOnEndOfStream: false);
            more = filled == buffer.Length;
            if (filled == 0)
            {
                yield break;
            }

            EnvelopeSequence.TrySplit(buffer.AsMemory(0, filled), out var items, out var refusal);
            if (items.Count > 0)
            {
                yield return items;
            }

            var used = items.Sum(item => item.Length);
            at += used;
            rest = buffer[used..filled];

            // What is left may only be the beginning of an item that the next read completes, or what a full batch had no room for.
            if (items.Count < WireLimits.Envelopes && (rest.Length >= WireLimits.Envelope || (!more && rest.Length > 0)))
            {
                throw new FormatException($"at byte {at}: {refusal?.Detail}");
            }
        }
    }
}
