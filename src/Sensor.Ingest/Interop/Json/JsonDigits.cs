using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensor.Contracts;

namespace Sensor.Ingest.Interop.Json;

/// <summary>Takes a number as the digits that stand in the JSON; nothing is ever a binary fraction.</summary>
internal static partial class JsonDigits
{
    /// <summary>The value of a JSON number, or of a text that holds one. 1.40 stays 1.40; an exponent only moves the point.</summary>
    /// <param name="json">The number or text.</param>
    /// <param name="wrong">What is wrong with it, where there is no value.</param>
    public static MeasuredValue? Read(JsonElement json, out string? wrong)
    {
        var text = json.ValueKind switch { JsonValueKind.Number => json.GetRawText(), JsonValueKind.String => json.GetString()!, _ => null };
        if (text is null || Number().Match(text) is not { Success: true } number)
        {
            wrong = $"{JsonShown.Of(json)} is not a number";
            return null;
        }

        var (fraction, digits) = (number.Groups["fraction"].Value, (number.Groups["whole"].Value + number.Groups["fraction"].Value).TrimStart('0'));
        var value = Power(number.Groups["exponent"].Value) is { } exponent ? Scale(digits, exponent - fraction.Length, number.Groups["minus"].Length > 0) : null;
        wrong = value is null ? $"{JsonShown.Of(json)} needs more than 15 digits or 12 decimals" : null;
        return value;
    }

    // Nothing with an exponent of more than four digits could be held, except zero, which nobody writes so.
    private static int? Power(string exponent) => exponent.Length == 0 ? 0
        : exponent.TrimStart('+', '-').TrimStart('0') is { Length: < 5 } ? int.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : null;

    private static MeasuredValue? Scale(string digits, int power, bool negative)
    {
        if (digits.Length == 0)
        {
            return power < MeasuredValue.MinExponent ? null : new MeasuredValue(0, Math.Min(power, 0));
        }

        if (power < MeasuredValue.MinExponent || digits.Length + Math.Max(power, 0) > 15)
        {
            return null;
        }

        var mantissa = long.Parse(digits + new string('0', Math.Max(power, 0)), NumberStyles.None, CultureInfo.InvariantCulture);
        return new MeasuredValue(negative ? -mantissa : mantissa, Math.Min(power, 0));
    }

    // RFC 8259, section 6.
    [GeneratedRegex(@"^(?<minus>-?)(?<whole>0|[1-9][0-9]*)(\.(?<fraction>[0-9]+))?([eE](?<exponent>[+-]?[0-9]+))?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
