using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Audit.Commands;

/// <summary>The usable values of one section at one time, for <see cref="ClassifyCommand"/>.</summary>
internal sealed class ClassifiedGroup
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _section;
    private readonly string _time;
    private readonly Dictionary<string, ObservationLine> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExactDecimal> _values = new(StringComparer.Ordinal);

    private ClassifiedGroup(ObservationLine first)
    {
        (_section, _time) = (first.Section, first.TimeText);
    }

    /// <summary>The values that take part in the class, by factor code.</summary>
    public IReadOnlyDictionary<string, ExactDecimal> Values => _values;

    /// <summary>Reads a file into groups, in the order of first appearance.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rule">How values are classified.</param>
    /// <param name="error">Where to say which censored values could not be used.</param>
    /// <exception cref="BadInputException">The file is wrong.</exception>
    public static IReadOnlyList<ClassifiedGroup> Read(string path, ClassificationRule rule, TextWriter error)
    {
        var groups = new List<ClassifiedGroup>();
        var byKey = new Dictionary<(string Section, Instant Time), ClassifiedGroup>();
        foreach (var line in ObservationFile.Read(path))
        {
            if (!byKey.TryGetValue((line.Section, line.Time), out var group))
            {
                byKey.Add((line.Section, line.Time), group = new ClassifiedGroup(line));
                groups.Add(group);
            }

            group.Add(path, line, rule, error);
        }

        return groups;
    }

    /// <summary>One line of output.</summary>
    public string ToJson(Classification classification)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("section", _section);
            json.WriteString("time", _time);
            json.WriteString("class", classification.Class?.Name());
            WriteNames(json, "decidedBy", classification.DecidedBy);
            WriteNames(json, "missing", classification.Missing);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteNames(Utf8JsonWriter json, string member, IReadOnlyList<string> names)
    {
        json.WriteStartArray(member);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private void Add(string path, ObservationLine line, ClassificationRule rule, TextWriter error)
    {
        if (rule.LimitsOf(line.Parameter) is null)
        {
            return;
        }

        var unit = ParameterCatalogue.Find(line.Parameter)!.Unit;
        if (!IsUnit(line.Unit, unit))
        {
            throw new BadInputException($"{path}: line {line.Line}: unit '{line.Unit}' of {line.Parameter} is not {unit}; convert the value");
        }

        if (IsRepeat(path, line))
        {
            return;
        }

        if (FlaggedValue.TryUse(rule, line.Parameter, Exact(line.Value), line.Flag, Exact(line.DetectionLimit), out var amount, out var reason))
        {
            _values.Add(line.Parameter, amount);
        }
        else if (Flag.UseOf(line.Flag) is FlagUse.BelowDetection or FlagUse.AboveRange)
        {
            error.WriteLine($"{path}: line {line.Line}: {line.Parameter} counts as missing: {reason}");
        }
    }

    private bool IsRepeat(string path, ObservationLine line)
    {
        if (_lines.TryAdd(line.Parameter, line))
        {
            return false;
        }

        var first = _lines[line.Parameter];
        return line.Flag == first.Flag && Exact(line.Value) == Exact(first.Value) && Exact(line.DetectionLimit) == Exact(first.DetectionLimit)
            ? true
            : throw new BadInputException($"{path}: line {line.Line}: {line.Parameter} of this section and time stands with other content on line {first.Line}; keep one of the two");
    }

    /// <summary>Whether a unit is the expected one; UCUM writes litre as l or L, and pH, a bare number, has several spellings.</summary>
    private static bool IsUnit(string unit, string expected) =>
        unit.Replace("/l", "/L", StringComparison.Ordinal) == expected || (expected == "[pH]" && unit is "1" or "pH");

    private static ExactDecimal? Exact(MeasuredValue? value) => value is { } digits ? ExactDecimal.From(digits) : null;
}
