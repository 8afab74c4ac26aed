using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers.Analogue;

/// <summary>Exact decimals among a driver's options; they are texts, because a JSON number passes through a binary fraction in too many editors.</summary>
internal static class DecimalOption
{
    public static MeasuredValue Read(StrictObject options, string member, string what, string? least = null, string? most = null) =>
        MeasuredValue.TryParse(options.Text(member, text => Fits(text, least, most), Expected(what, least, most)), out var value) ? value : default;

    /// <summary>A decimal that may be absent.</summary>
    public static MeasuredValue? ReadOptional(StrictObject options, string member, string what, string? least = null, string? most = null) =>
        options.OptionalText(member, text => Fits(text, least, most), Expected(what, least, most)) is { Length: > 0 } text ? MeasuredValue.Parse(text) : null;

    /// <summary>Whether one amount is less than another.</summary>
    public static bool IsLess(MeasuredValue a, MeasuredValue b) => Fraction.Compare(Fraction.Of(a), Fraction.Of(b)) < 0;

    private static bool Fits(string text, string? least, string? most) => MeasuredValue.TryParse(text, out var value)
        && (least is null || !IsLess(value, MeasuredValue.Parse(least)))
        && (most is null || !IsLess(MeasuredValue.Parse(most), value));

    private static string Expected(string what, string? least, string? most) =>
        $"a decimal {what} in quotation marks" + (least is null ? "" : $", at least {least}") + (most is null ? "" : $", at most {most}");
}
