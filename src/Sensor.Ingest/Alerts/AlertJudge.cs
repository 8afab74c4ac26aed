using Sensor.Compliance.Quality;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Alerts;

/// <summary>Judges new observations in the light of those shortly before them.</summary>
internal sealed class AlertJudge(AlertConfiguration configuration, ISqlDatabase evidence, AlertStore store)
{
    private const int Records = 500;
    private const long Hour = 3_600_000;

    /// <summary>Judges the next observations of the evidence.</summary>
    /// <returns>The alerts that are new in the store; null where there was nothing to judge.</returns>
    public IReadOnlyList<Alert>? Next(RegistrySnapshot registry, Instant now)
    {
        var rows = evidence.Query(
            "SELECT idx, station, instant, payload FROM observation WHERE idx > $1 ORDER BY idx LIMIT $2",
            row => (Index: row.GetInt64(0), Station: row.GetString(1), Instant: row.GetInt64(2), Points: Points(registry, row.GetString(1), row.Bytes(3))), store.Cursor, Records);
        if (rows.Count == 0)
        {
            return null;
        }

        var alerts = rows.GroupBy(row => row.Station, StringComparer.Ordinal).SelectMany(
            station => Station(registry, station.Key, station.Min(row => row.Instant), station.Max(row => row.Instant), [.. station.SelectMany(row => row.Points)], now));
        var newest = rows.SelectMany(row => row.Points).GroupBy(point => (point.Series, point.Parameter, point.Instrument)).ToDictionary(series => series.Key, series => series.Max(point => point.Time));
        return store.Take(rows[^1].Index, newest, [.. alerts], now);
    }

    private IEnumerable<Alert> Station(RegistrySnapshot registry, string station, long first, long last, IReadOnlyList<QualityPoint> news, Instant now)
    {
        var context = evidence.Query(
                "SELECT payload FROM observation WHERE station = $1 AND instant >= $2 AND instant <= $3 ORDER BY instant, idx",
                row => Points(registry, station, row.Bytes(0)), station, first - (configuration.ContextHours * Hour), last)
            .SelectMany(points => points).DistinctBy(point => (point.Section, point.Parameter, point.Instrument, point.Time)).ToList();
        var judged = QualityRun.Judge(context, [.. configuration.Rules.Select(rule => rule.Test)]);
        var asked = news.Select(point => (point.Section, point.Parameter, point.Instrument, point.Time)).ToHashSet();
        return context.GroupBy(point => (point.Section, point.Parameter, point.Instrument)).SelectMany(series => Series([.. series.OrderBy(point => point.Time)], judged, point => asked.Contains((point.Section, point.Parameter, point.Instrument, point.Time)), now));
    }

    private IEnumerable<Alert> Series(List<QualityPoint> series, IReadOnlyDictionary<QualityPoint, IReadOnlyList<TestResult>> judged, Func<QualityPoint, bool> isNew, Instant now)
    {
        foreach (var rule in configuration.Rules)
        {
            var inARow = 0;
            for (var at = 0; at < series.Count; at++)
            {
                var result = judged.GetValueOrDefault(series[at])?.FirstOrDefault(test => ReferenceEquals(test.Test, rule.Test))?.Result;
                inARow = result?.Flag switch { QualityGrade.Suspect or QualityGrade.Fail => inARow + 1, QualityGrade.Pass => 0, _ => inARow };

                // Some tests judge a value when the next one has come.
                if (result?.Flag is QualityGrade.Suspect or QualityGrade.Fail && inARow == rule.Samples && (isNew(series[at]) || (at + 1 < series.Count && isNew(series[at + 1]))))
                {
                    yield return Raise(rule, series[at], result, now);
                }
            }
        }
    }

    private Alert Raise(AlertRule rule, QualityPoint point, QualityResult result, Instant now) => new(
        rule.Test.Name, point.Section, point.Series, point.Parameter, point.Instrument, point.Time, (int)result.Flag, result.Explanation.En, result.Explanation.Zh,
        point.Time < store.Newest(point.Series, point.Parameter, point.Instrument) || point.Time < now.PlusMilliseconds(-configuration.FreshHours * Hour));

    private static List<QualityPoint> Points(RegistrySnapshot registry, string station, byte[] payload) =>
        RecordCodec.TryDecode(payload, out var decoded, out _) && decoded.Record?.Body is ReadingsBody body
            ? [.. body.Readings
                .Where(reading => registry.SectionOf(station, reading.SampledTo) is not null && ParameterCatalogue.Find(reading.Parameter)?.Unit == reading.Unit)
                .Select(reading => new QualityPoint(registry.SectionOf(station, reading.SampledTo)!, reading.SampledTo, reading.Parameter, station, reading.Instrument, QualityPoint.ValueOf(reading.Value, reading.Flag)))]
            : [];
}
