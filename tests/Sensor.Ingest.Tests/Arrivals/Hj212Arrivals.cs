using Sensor.Contracts.Hj212;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Arrivals;

/// <summary>Data loggers that send each row as it is seen, on some connections at once; each waits for its answer.</summary>
internal sealed class Hj212Arrivals(TestIngest ingest, ArrivalTime time) : IAsyncDisposable
{
    private const int Connections = 8;
    private readonly List<Logger212> _loggers = [];

    /// <summary>The port on which these rows can be sent.</summary>
    public static Hj212ImportConfiguration Port(IEnumerable<ArrivedRow> rows) => TestImport.Port([.. rows.Select(r => r.Station).Distinct(StringComparer.Ordinal).Select(id => TestImport.Station("MN" + id, id) with
    {
        DataTimeIsEnd = true,
        Parameters = [.. ArrivedRows.Parameters.Select(p => new Hj212Parameter(p.Code, p.Code, p.Unit, null))],
    })]);

    public async Task SendAsync(IReadOnlyList<ArrivedRow> rows)
    {
        foreach (var row in rows.DistinctBy(r => r.Station))
        {
            TestImport.Enter(ingest.Host, row.Station, row.Section);
        }

        ingest.Host.Pipeline.Watch.Reload();
        while (_loggers.Count < Connections)
        {
            _loggers.Add(await Logger212.CallAsync(ingest.Configuration.Imports.OfType<Hj212ImportConfiguration>().Single().Port));
        }

        foreach (var round in ArrivedRows.Rounds(rows))
        {
            time.Now = round[0].Arrived;
            await Task.WhenAll(round.GroupBy(r => int.Parse(r.Station[3..], System.Globalization.CultureInfo.InvariantCulture) % Connections).Select(group => SendAsync(_loggers[group.Key], group)));
        }
    }

    public ValueTask DisposeAsync()
    {
        _loggers.ForEach(logger => logger.Dispose());
        return ValueTask.CompletedTask;
    }

    private static async Task SendAsync(Logger212 logger, IEnumerable<ArrivedRow> rows)
    {
        foreach (var row in rows)
        {
            var values = string.Join(';', ArrivedRows.Parameters.Zip(row.Digits, (p, digits) => $"{p.Code}-Avg={digits},{p.Code}-Flag={row.Flag}"));
            var answer = await logger.AskAsync(logger.Data(ArrivedRows.DataTime(row), values, mn: "MN" + row.Station));
            Assert.Equal("9014", answer?.Command);
        }
    }
}
