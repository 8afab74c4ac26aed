using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Reads the points that a test shall judge. docs/quality.md describes the members.</summary>
public static class QualityInputDocument
{
    private static readonly (string Member, QualityInputs Kind)[] Columns =
    [
        ("values", QualityInputs.Values), ("depths", QualityInputs.Depths), ("lon", QualityInputs.Positions), ("lat", QualityInputs.Positions),
        ("lines", QualityInputs.Lines), ("partner", QualityInputs.Partner),
    ];

    /// <summary>Reads the members that a test uses; others are mistakes, and so are lists of different lengths.</summary>
    /// <param name="inputs">The object that holds them; numbers in it are texts of their digits, a missing one is an empty text.</param>
    /// <param name="test">The test.</param>
    /// <returns>The points, and how many times were given beyond the last of them, which are passed over.</returns>
    public static (QualityInput Input, int SurplusTimes) Read(StrictObject inputs, QualityTest test)
    {
        var times = Times(inputs, test);
        var input = new QualityInput
        {
            Values = Numbers(inputs, "values", test),
            Depths = Numbers(inputs, "depths", test),
            Longitudes = Numbers(inputs, "lon", test),
            Latitudes = Numbers(inputs, "lat", test),
            Lines = Find(inputs, "lines", test, QualityInputs.Lines) ? [.. inputs.Texts("lines").Select(l => l.Length == 0 ? null : l)] : null,
            Partner = Numbers(inputs, "partner", test),
            Vectors = Vectors(inputs, test),
        };
        inputs.End();
        var surplus = times is null || !input.Lengths.Any() ? 0 : times.Count - input.Count;
        if (input.Lengths.Distinct().Count() > 1 || surplus < 0)
        {
            inputs.Problem("", "has lists of different lengths", "Give one element for each point, null where it is missing");
        }

        return (input with { Times = surplus > 0 ? [.. times!.Take(input.Count)] : times }, int.Max(surplus, 0));
    }

    private static List<Instant?>? Times(StrictObject inputs, QualityTest test)
    {
        var seconds = inputs.Has("times_s");
        if (seconds && inputs.Has("times"))
        {
            inputs.Problem("times_s", "is given besides times", "Keep one of the two");
        }

        if (seconds)
        {
            Find(inputs, "times_s", test, QualityInputs.Times);
            return [.. inputs.Texts("times_s", 0, t => t.Length == 0 || Milliseconds(t) is not null, "seconds with at most 3 decimals, or null").Select(Milliseconds)];
        }

        return Find(inputs, "times", test, QualityInputs.Times)
            ? [.. inputs.Texts("times", 0, t => t.Length == 0 || QualityReader.TryMoment(t, default, out _), "a time with offset, a day, or null")
                .Select(t => QualityReader.TryMoment(t, default, out var moment) ? moment : (Instant?)null)]
            : null;
    }

    private static Instant? Milliseconds(string text) =>
        ExactDecimal.TryParse(text, out var seconds) && seconds.Scale <= 3 && seconds.Abs() < ExactDecimal.From(250_000_000_000)
            ? new Instant((long)(seconds * ExactDecimal.From(1000)).Mantissa)
            : null;

    private static List<ExactDecimal?>? Numbers(StrictObject inputs, string member, QualityTest test) =>
        Find(inputs, member, test, Columns.Single(c => c.Member == member).Kind) ? Numbers(inputs, member) : null;

    private static List<ExactDecimal?> Numbers(StrictObject inputs, string member) =>
        [.. inputs.Texts(member, 0, t => t.Length == 0 || QualityReader.TryNumber(t, out _), "a number or null").Select(t => QualityReader.TryNumber(t, out var n) ? n : (ExactDecimal?)null)];

    private static Dictionary<string, IReadOnlyList<ExactDecimal?>>? Vectors(StrictObject inputs, QualityTest test)
    {
        if (!Find(inputs, "vectors", test, QualityInputs.Vectors))
        {
            return null;
        }

        var vectors = inputs.Child("vectors");
        var read = vectors.MemberNames.Distinct(StringComparer.Ordinal).ToDictionary(n => n, n => (IReadOnlyList<ExactDecimal?>)Numbers(vectors, n), StringComparer.Ordinal);
        if (read.Count == 0)
        {
            inputs.Problem("vectors", "names no parameter", "Give a list for each parameter by its name");
        }

        return read;
    }

    /// <summary>Whether a member is given; notes where the test needs it and it is not, or the other way round.</summary>
    private static bool Find(StrictObject inputs, string member, QualityTest test, QualityInputs kind)
    {
        var given = inputs.Has(member);
        if (given && !(test.Required | test.Optional).HasFlag(kind))
        {
            inputs.Problem(member, $"is of no use to the test {test.Name}", "Remove it");
        }
        else if (!given && test.Required.HasFlag(kind))
        {
            inputs.Problem(member, "is missing", $"The test {test.Name} needs it");
        }

        if (!given)
        {
            inputs.OptionalText(member);
        }

        return given;
    }
}
