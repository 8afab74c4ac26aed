using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Sdi12;

/// <summary>Understands the answers of a probe, without their CR and LF. Takes any text; pure.</summary>
internal static class Sdi12Parser
{
    /// <summary>Characters of values in one answer after a measurement (SDI-12 1.4: 35, and 75 after a concurrent one).</summary>
    public const int MostAfterMeasurement = 35;

    /// <summary><inheritdoc cref="MostAfterMeasurement"/></summary>
    public const int MostAfterConcurrent = 75;

    private const int MostDigits = 7;

    /// <summary>The answer to <c>a!</c>, and a service request: the address alone.</summary>
    public static Sdi12Answer<string> Address(string line, char address) =>
        NotFrom(line, address) ?? (line.Length == 1 ? line : (Sdi12Answer<string>)Sdi12Refusal.Bad($"'{line}' is not the address alone"));

    /// <summary>The answer to M, C or V: <c>atttn</c>, and <c>atttnn</c> where it is concurrent.</summary>
    public static Sdi12Answer<Sdi12Promise> Promise(string line, char address, bool concurrent)
    {
        if (NotFrom(line, address) is { } problem)
        {
            return problem;
        }

        var digits = line.AsSpan(1);
        return digits.Length != (concurrent ? 5 : 4) || digits.IndexOfAnyExceptInRange('0', '9') >= 0
            ? Sdi12Refusal.Bad($"'{line}' does not tell seconds and number of values")
            : new Sdi12Promise(Whole(digits[..3]), Whole(digits[3..]));
    }

    /// <summary>The answer to D0 to D9: signed values, perhaps none, and the checksum where it was asked for. Each value as it was written.</summary>
    public static Sdi12Answer<IReadOnlyList<string>> Data(string line, char address, bool crc, int most)
    {
        if (NotFrom(line, address) is { } problem)
        {
            return problem;
        }

        if (crc && !Sdi12Crc.Holds(line))
        {
            return Sdi12Refusal.Bad($"the checksum of '{line}' is wrong");
        }

        var values = line[1..^(crc ? Sdi12Crc.Length : 0)];
        return values.Length > most ? Sdi12Refusal.Bad($"'{line}' has more than {most} characters of values") : Split(values, line);
    }

    /// <summary>The digits of one value, a sign, up to seven digits and perhaps a point among them; null for any other text.</summary>
    public static MeasuredValue? Value(string text)
    {
        if (text.Length < 2 || text[0] is not ('+' or '-') || text.AsSpan(1).Count('-') > 0 || text.Count(char.IsAsciiDigit) > MostDigits)
        {
            return null;
        }

        return MeasuredValue.TryParse(text[0] == '+' ? text.AsSpan(1) : text, out var value) ? value : null;
    }

    /// <summary>The answer to <c>aI!</c>.</summary>
    public static Sdi12Answer<Sdi12Identity> Identity(string line, char address)
    {
        if (NotFrom(line, address) is { } problem)
        {
            return problem;
        }

        return line.Length is < 20 or > 33 || line.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0
            ? Sdi12Refusal.Bad($"'{line}' does not tell version, maker and model")
            : new Sdi12Identity(line[1..3], line[3..11].TrimEnd(), line[11..17].TrimEnd(), line[17..]);
    }

    private static DriverReply.Failed? NotFrom(string line, char address) =>
        line.StartsWith(address) ? null : Sdi12Refusal.Bad($"'{line}' does not come from address {address}");

    private static int Whole(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Sdi12Answer<IReadOnlyList<string>> Split(string values, string line)
    {
        var found = new List<string>();
        for (var from = 0; from < values.Length;)
        {
            var next = values.AsSpan(from + 1).IndexOfAny('+', '-');
            var to = next < 0 ? values.Length : from + 1 + next;
            found.Add(values[from..to]);
            from = to;
        }

        return found.Find(value => Value(value) is null) is { } wrong ? Sdi12Refusal.Bad($"'{wrong}' in '{line}' is not a value") : found;
    }
}
