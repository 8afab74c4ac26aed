using System.Globalization;

namespace Sensor.Contracts.Hj212;

/// <summary>Reads the data segment of a frame.</summary>
/// <remarks>
/// ST, CN, MN and CP must be there; the order of the fields does not matter, because senders of 2005 differ. What the standard's own examples
/// do against its text (a comma for a semicolon before CP, none directly before it, blanks, the case of field names) is accepted and noted.
/// </remarks>
public sealed class Hj212Reader
{
    private const string Begin = "CP=&&";
    private const string Close = "&&";

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly List<Hj212Field> _others = [];
    private readonly SortedSet<string> _irregularities = new(StringComparer.Ordinal);
    private Hj212Refusal? _refusal;

    private Hj212Reader()
    {
    }

    /// <summary>The message of a frame, or null and the first thing that is wrong with it.</summary>
    public static Hj212Message? Read(Hj212Cut.Frame frame, out Hj212Refusal? refusal)
    {
        var reader = new Hj212Reader();
        var message = reader.Message(Hj212Text.Of(frame.Segment.Span, frame.Offset));
        refusal = reader._refusal;
        return refusal is null ? message : null;
    }

    private Hj212Message? Message(Hj212Text segment)
    {
        var data = segment.Text.IndexOf(Begin, StringComparison.OrdinalIgnoreCase);
        if (data < 0)
        {
            Refuse(segment.Offset, "there is no data area CP=&&...&&");
            return null;
        }

        if (segment.Length < data + Begin.Length + Close.Length || !segment.Text.EndsWith(Close, StringComparison.Ordinal))
        {
            Refuse(segment.Offset + segment.Length, "the data area does not end with &&");
            return null;
        }

        ReadFields(segment.Part(0, data));
        var items = Items(segment.Part(data + Begin.Length, segment.Length - Close.Length)).ToList();
        foreach (var missing in new[] { "ST", "CN", "MN" }.Where(name => !_known.ContainsKey(name)))
        {
            Refuse(segment.Offset, $"{missing} is missing");
        }

        return _refusal is null ? Message(items) : null;
    }

    private Hj212Message Message(IReadOnlyList<Hj212Item> items) => new()
    {
        Exchange = _known.GetValueOrDefault("QN"),
        System = _known["ST"],
        Command = _known["CN"],
        Password = _known.GetValueOrDefault("PW"),
        Station = _known["MN"],
        Flag = Number("FLAG"),
        Packets = Number("PNUM"),
        Packet = Number("PNO"),
        Others = _others,
        Items = items,
        Irregularities = [.. _irregularities],
    };

    private int? Number(string name) => _known.TryGetValue(name, out var digits) ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private void ReadFields(Hj212Text header)
    {
        if (header.Text.Contains(',', StringComparison.Ordinal))
        {
            _irregularities.Add("a comma stands where a semicolon is due before CP");
        }

        if (!header.Text.TrimEnd(' ').EndsWith(';') && header.Length > 0)
        {
            _irregularities.Add("no semicolon stands before CP");
        }

        foreach (var text in header.Split(";,").Where(t => t.Text.Trim(' ').Length > 0))
        {
            Keep(text);
        }
    }

    private void Keep(Hj212Text text)
    {
        if (Field(text) is not { } field)
        {
            return;
        }

        var name = field.Name.ToUpperInvariant();
        if (Hj212FieldRules.Find(name) is not { } rule)
        {
            _others.Add(field);
        }
        else if (!rule.Holds(field.Value))
        {
            Refuse(text.Trim().Offset, $"{field.Name} is not {rule.Expected}");
        }
        else if (!_known.TryAdd(name, field.Value))
        {
            Refuse(text.Trim().Offset, $"{field.Name} stands twice");
        }
        else if (field.Name != rule.Name)
        {
            _irregularities.Add($"{rule.Name} is written {field.Name}");
        }
    }

    private IEnumerable<Hj212Item> Items(Hj212Text data)
    {
        foreach (var text in data.Split(";").Where(t => t.Text.Trim(' ').Length > 0))
        {
            yield return new Hj212Item([.. text.Split(",").Where(t => t.Text.Trim(' ').Length > 0).Select(Field).OfType<Hj212Field>()]);
        }
    }

    private Hj212Field? Field(Hj212Text text)
    {
        var equals = text.Text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text.Part(0, equals);
        if (equals < 0 || name.Trim().Length == 0)
        {
            Refuse(text.Trim().Offset, "a name and = were expected");
            return null;
        }

        var value = text.Part(equals + 1, text.Length);
        if (name.Trim() != name || value.Trim() != value)
        {
            _irregularities.Add("blanks stand around a name or value");
        }

        return new Hj212Field(name.Trim().ToString(), value.Trim().ToString());
    }

    private void Refuse(long offset, string reason) => _refusal ??= new Hj212Refusal(Hj212RefusalKind.Segment, reason, offset);
}
