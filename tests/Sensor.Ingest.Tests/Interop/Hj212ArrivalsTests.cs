using Sensor.Contracts;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Interop;

public sealed class Hj212ArrivalsTests
{
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];

    /// <summary>tests/cases/hj212/arrivals: a real stream of late, repeated and revised rows.</summary>
    [Fact]
    public async Task Arrivals_InTheirOrder_EndInTheLastVersionOfEachValueWithEveryRevisionKept()
    {
        var rows = File.ReadLines(Repository.PathOf("tests/cases/hj212/arrivals/arrivals.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        var stations = rows.Select(r => r[1]).Distinct(StringComparer.Ordinal).Select((section, i) => (section, Id: $"ST-{i + 1}")).ToDictionary(s => s.section, s => s.Id, StringComparer.Ordinal);
        var import = TestImport.Port([.. stations.Values.Select(id => TestImport.Station("MN" + id, id))]);
        await using var ingest = await TestImport.StartAsync(import);
        using var logger = await Logger212.CallAsync(import.Port);
        var (last, statements) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<string>());

        foreach (var row in rows)
        {
            var sent = Parameters.Select((p, i) => (Parameter: p, Value: row[3 + i])).Where(v => v.Value.Length > 0).ToList();
            var values = string.Join(';', sent.Select(v => $"{v.Parameter}-Avg={v.Value},{v.Parameter}-Flag=N"));
            Assert.Equal("9014", (await logger.AskAsync(logger.Data(row[2], values, mn: "MN" + stations[row[1]])))!.Command);
            foreach (var (key, value) in sent.Select(v => ($"{stations[row[1]]} {row[2]} {v.Parameter}", v.Value)).Where(v => last.GetValueOrDefault(v.Item1) != v.Value))
            {
                last[key] = value;
                statements.Add($"{key} {value}");
            }
        }

        var kept = stations.Values.SelectMany(id => RecordReader.Complete(ingest.Evidence, id).SelectMany(r => Statements(id, r))).ToList();
        Assert.Equal(statements.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        Assert.True(statements.Count > last.Count, "the case holds revisions");
        Assert.Equal(last.OrderBy(v => v.Key, StringComparer.Ordinal), Final(kept).OrderBy(v => v.Key, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Statements(string station, HeldRecord held)
    {
        var body = Assert.IsType<ReadingsBody>(held.Record.Record.Body);
        var time = Contracts.Hj212.Hj212Time.Format(body.Instant, TimeSpan.FromHours(8));
        return body.Readings.Select(r => $"{station} {time} {r.Parameter} {r.Value}");
    }

    private static Dictionary<string, string> Final(IEnumerable<string> kept)
    {
        var final = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parts in kept.Select(k => k.Split(' ')))
        {
            final[string.Join(' ', parts[..3])] = parts[3];
        }

        return final;
    }
}
