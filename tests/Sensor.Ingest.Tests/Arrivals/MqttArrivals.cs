using Sensor.Contracts;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Arrivals;

/// <summary>Stations that sign each row as it is seen, repeats too, and publish it through a real mosquitto.</summary>
internal sealed class MqttArrivals(TestIngest ingest, ArrivalTime time) : IAsyncDisposable
{
    private readonly Dictionary<string, TestStation> _stations = new(StringComparer.Ordinal);
    private StationClient? _client;
    private long _sent;

    public async Task SendAsync(IReadOnlyList<ArrivedRow> rows)
    {
        _client ??= await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, "ST-1");
        foreach (var row in rows.DistinctBy(r => r.Station).Where(r => !_stations.ContainsKey(r.Station)))
        {
            _stations.Add(row.Station, new TestStation(row.Station));
            ingest.Host.Pipeline.Registry.Enroll(row.Station, row.Section, _stations[row.Station].Key.Public, null, "a test");
        }

        ingest.Host.Pipeline.Watch.Reload();
        foreach (var round in ArrivedRows.Rounds(rows))
        {
            time.Now = round[0].Arrived;
            await Task.WhenAll(round.Select(row => _client.SendAsync(_stations[row.Station], _stations[row.Station].Next(Body(row), Instant.From(row.Arrived)))));
            await ingest.Holds(_sent += round.Count);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_client?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var station in _stations.Values)
        {
            station.Dispose();
        }
    }

    private static ReadingsBody Body(ArrivedRow row) => new(row.Time, [.. ArrivedRows.Parameters.Zip(row.Digits, (p, digits) => new Reading
    {
        Parameter = p.Code, Value = digits.Length > 0 ? MeasuredValue.Parse(digits) : null, Missing = digits.Length > 0 ? null : MissingReason.NotReported,
        Unit = p.Unit, Flag = row.Flag, Instrument = "page", SampledFrom = row.Time, SampledTo = row.Time,
    })]);
}
