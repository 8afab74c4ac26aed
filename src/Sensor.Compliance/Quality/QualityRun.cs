using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Quality;

/// <summary>Runs configured tests over points.</summary>
/// <remarks>Pure and thread-safe: neither the order of the points nor what else is judged changes a result.</remarks>
public static class QualityRun
{
    /// <summary>Lets every test judge what it is configured for.</summary>
    /// <param name="points">The points; two that are equal in everything but their value are two instruments that nobody told apart.</param>
    /// <param name="tests">The tests.</param>
    /// <returns>For each point that a test judged its results, in the order of the tests.</returns>
    public static IReadOnlyDictionary<QualityPoint, IReadOnlyList<TestResult>> Judge(IEnumerable<QualityPoint> points, IReadOnlyList<ConfiguredTest> tests)
    {
        var all = new QualityPoints(points);
        var results = new Dictionary<QualityPoint, List<TestResult>>(ReferenceEqualityComparer.Instance);
        foreach (var test in tests)
        {
            var judged = all.All.Where(test.Judges).ToList();
            var found = test.Test is IdenticalVectorTest
                ? judged.GroupBy(o => (o.Section, o.Series)).SelectMany(logger => Vectors([.. logger], test))
                : judged.GroupBy(o => (o.Section, o.Parameter, o.Series, o.Instrument)).SelectMany(series => Series(all, [.. series], test));
            foreach (var (point, result) in found)
            {
                (results.TryGetValue(point, out var known) ? known : results[point] = []).Add(new TestResult(test, result));
            }
        }

        return results.ToDictionary(r => r.Key, r => (IReadOnlyList<TestResult>)r.Value, (IEqualityComparer<QualityPoint>)ReferenceEqualityComparer.Instance);
    }

    private static IEnumerable<(QualityPoint Point, QualityResult Result)> Series(QualityPoints all, List<QualityPoint> series, ConfiguredTest test) =>
        series.Zip(test.Test.Check(new QualityInput
        {
            Values = [.. series.Select(o => o.Value)],
            Times = [.. series.Select(o => (Instant?)o.Time)],
            Partner = test.Partner is { } partner
                ? [.. series.Select(o => all.Nearest(o, test.Neighbour ?? o.Section, partner, o.Time.PlusMilliseconds(-test.Lag), test.Within))]
                : null,
        }));

    private static IEnumerable<(QualityPoint Point, QualityResult Result)> Vectors(List<QualityPoint> logger, ConfiguredTest test)
    {
        var moments = logger.GroupBy(o => o.Time).OrderBy(g => g.Key).Select(g => (Time: g.Key, At: g.ToLookup(o => o.Parameter, StringComparer.Ordinal))).ToList();
        var results = test.Test.Check(new QualityInput
        {
            Times = [.. moments.Select(m => (Instant?)m.Time)],
            Vectors = test.Parameters.Distinct(StringComparer.Ordinal).ToDictionary(
                p => p, p => (IReadOnlyList<ExactDecimal?>)[.. moments.Select(m => Only(m.At[p]))], StringComparer.Ordinal),
        });
        return moments.Zip(results).SelectMany(pair => pair.First.At.SelectMany(o => o).Select(o => (o, o.Value is null ? QualityResult.Missing : pair.Second)));
    }

    /// <summary>The value of the one point; two instruments of one parameter give none.</summary>
    private static ExactDecimal? Only(IEnumerable<QualityPoint> points) => points.Take(2).ToList() is [var one] ? one.Value : null;
}
