using System.Globalization;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>A closed range of amounts. The default value is 0 to 0.</summary>
/// <param name="Low">The smallest amount inside.</param>
/// <param name="High">The largest amount inside, not below <paramref name="Low"/>.</param>
public readonly record struct Span(ExactDecimal Low, ExactDecimal High)
{
    /// <summary>Whether an amount lies inside; both ends do.</summary>
    public bool Holds(ExactDecimal value) => value >= Low && value <= High;

    /// <summary>Such as <c>[0, 14]</c>.</summary>
    public override string ToString() => $"[{Low}, {High}]";
}

/// <summary>Reads the parameters of quality tests. A number is a text of its digits, so that none passes through a binary fraction.</summary>
internal static class QualityReader
{
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    /// <summary>A number of at most 40 characters.</summary>
    public static bool TryNumber(string text, out ExactDecimal number) => ExactDecimal.TryParse(text, out number) && text.Length <= 40;

    public static ExactDecimal Number(StrictObject json, string member, string expected, Func<ExactDecimal, bool>? rule = null) =>
        TryNumber(json.Text(member, Accepts(rule), expected), out var number) ? number : ExactDecimal.Zero;

    public static ExactDecimal? OptionalNumber(StrictObject json, string member, string expected, Func<ExactDecimal, bool>? rule = null) =>
        json.OptionalText(member, Accepts(rule), expected) is { Length: > 0 } text && TryNumber(text, out var number) ? number : null;

    /// <summary>A threshold of 0 or more.</summary>
    public static ExactDecimal Threshold(StrictObject json, string member) => Number(json, member, "a number of 0 or more", n => n.Sign >= 0);

    /// <inheritdoc cref="Threshold"/>
    public static ExactDecimal? OptionalThreshold(StrictObject json, string member) => OptionalNumber(json, member, "a number of 0 or more", n => n.Sign >= 0);

    /// <summary>A time in seconds, read as whole milliseconds.</summary>
    public static long? OptionalSeconds(StrictObject json, string member) =>
        OptionalNumber(json, member, "seconds from 0 to 1000000000 with at most 3 decimals", n => n.Sign >= 0 && n <= ExactDecimal.From(1_000_000_000) && n.Scale <= 3) is { } s
            ? (long)(s * ExactDecimal.From(1000)).Mantissa
            : null;

    /// <inheritdoc cref="OptionalSeconds"/>
    public static long Seconds(StrictObject json, string member)
    {
        var seconds = OptionalSeconds(json, member);
        Require(json, member, "seconds");
        return seconds ?? 0;
    }

    public static int? OptionalCount(StrictObject json, string member, int least) =>
        (int?)(long?)OptionalNumber(json, member, $"a whole number from {least} to 1000000", n => n.Scale == 0 && n >= ExactDecimal.From(least) && n <= ExactDecimal.From(1_000_000))?.Mantissa;

    /// <summary>A pair of numbers, the smaller first.</summary>
    public static Span? OptionalSpan(StrictObject json, string member)
    {
        if (!json.Has(member))
        {
            json.OptionalText(member);
            return null;
        }

        var ends = json.Texts(member, 2, t => TryNumber(t, out _), "a number").Select(t => TryNumber(t, out var n) ? n : ExactDecimal.Zero).ToList();
        if (ends is [var low, var high] && low <= high)
        {
            return new Span(low, high);
        }

        if (ends.Count >= 2)
        {
            json.Problem(member, "is not a pair of numbers with the smaller first", "Give it like [0, 14]");
        }

        return null;
    }

    /// <inheritdoc cref="OptionalSpan"/>
    public static Span Span(StrictObject json, string member)
    {
        var span = OptionalSpan(json, member);
        Require(json, member, "a pair of numbers such as [0, 14]");
        return span ?? default;
    }

    /// <summary>Notes where neither of two members is given.</summary>
    public static void RequireOneOf(StrictObject json, string first, string second)
    {
        if (!json.Has(first) && !json.Has(second))
        {
            json.Problem(first, "is missing", $"Give {first}, {second} or both");
        }
    }

    /// <summary>Notes where a member is less than one that it must not be less than.</summary>
    public static void RequireOrder<T>(StrictObject json, (string Member, T? Value) less, (string Member, T? Value) greater)
        where T : struct, IComparable<T>
    {
        if (less.Value is { } low && greater.Value is { } high && high.CompareTo(low) < 0)
        {
            json.Problem(greater.Member, $"is less than {less.Member}", $"Give at least as much as {less.Member}");
        }
    }

    /// <summary>A moment with offset, or the beginning of a day, month or year in the given calendar.</summary>
    public static bool TryMoment(string text, UtcOffset calendar, out Instant moment)
    {
        if (DateOnly.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            moment = calendar.StartOf(day);
            return true;
        }

        return Instant.TryParse(text, out moment);
    }

    private static void Require(StrictObject json, string member, string expected)
    {
        if (!json.Has(member))
        {
            json.Problem(member, "is missing", $"Give {expected}");
        }
    }

    private static Func<string, bool> Accepts(Func<ExactDecimal, bool>? rule) => text => TryNumber(text, out var number) && (rule is null || rule(number));
}
