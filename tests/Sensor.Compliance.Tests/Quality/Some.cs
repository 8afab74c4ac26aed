using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Quality;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Quality;

/// <summary>Points as a line of text: values parted by spaces, <c>-</c> a missing one.</summary>
internal static class Some
{
    /// <summary>Values every <paramref name="step"/> seconds.</summary>
    public static QualityInput Series(string values, int step = 1, string? partner = null)
    {
        var numbers = Numbers(values);
        return new QualityInput { Values = numbers, Times = [.. numbers.Select((_, i) => (Instant?)new Instant(i * step * 1000L))], Partner = partner is null ? null : Numbers(partner) };
    }

    /// <summary>Values at stated seconds.</summary>
    public static QualityInput At(string seconds, string values) =>
        new() { Values = Numbers(values), Times = [.. seconds.Split(' ').Select(s => s == "-" ? (Instant?)null : new Instant(1000L * int.Parse(s, System.Globalization.CultureInfo.InvariantCulture)))] };

    public static List<ExactDecimal?> Numbers(string values) => [.. values.Split(' ').Select(v => v == "-" ? (ExactDecimal?)null : ExactDecimal.Parse(v))];

    public static ExactDecimal Number(string digits) => ExactDecimal.Parse(digits);

    public static Span Span(string low, string high) => new(Number(low), Number(high));

    public static Rate PerSecond(string digits) => new(Number(digits));

    /// <summary>The flags, such as <c>1 3 9</c>.</summary>
    public static string Flags(this QualityTest test, QualityInput input) => string.Join(' ', test.Check(input).Select(r => (int)r.Flag));
}
