using System.Diagnostics;
using MQTTnet.Exceptions;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Tests.Support;

/// <summary>Sends as an edge does: again from the oldest, as long as nobody has receipted it, also after the broker was away.</summary>
internal sealed class ResendingStation(string id, int records, int port, PublicKey operatorKey) : IAsyncDisposable
{
    private readonly List<StationClient> _clients = [];
    private StationClient? _client;
    private IReadOnlyList<Envelope>? _records;

    /// <summary>Stations ST-1 and on, enrolled in the registry of a configuration.</summary>
    public static IReadOnlyList<ResendingStation> Enrolled(IngestConfiguration configuration, int stations, int records, int port, PublicKey operatorKey)
    {
        var enrolled = Enumerable.Range(1, stations).Select(i => new ResendingStation($"ST-{i}", records, port, operatorKey)).ToList();
        using var registry = RegistryStore.Open(configuration, TimeProvider.System);
        enrolled.ForEach(s => registry.Enroll(s.Station.Id, "Jiekou", s.Station.Key.Public, null, "a test"));
        return enrolled;
    }

    public TestStation Station { get; } = new(id);

    /// <summary>Everything that the station ever signs.</summary>
    public IReadOnlyList<Envelope> Records => _records ??= [.. Enumerable.Range(0, records).Select(_ => Station.Next())];

    /// <summary>Every receipt that was heard.</summary>
    public IEnumerable<Contracts.Receipt> Receipts => _clients.SelectMany(c => c.Receipts);

    public long Receipted => Receipts.Where(r => r.Run == Station.Run).Select(r => r.Through).DefaultIfEmpty(0).Max();

    /// <summary>Sends what is not receipted, up to a record; false while the broker is away.</summary>
    public async Task<bool> SendAsync(int upTo, int atOnce = 7)
    {
        try
        {
            await ConnectAsync();
            foreach (var batch in Records.Take(upTo).Skip((int)Receipted).Chunk(atOnce))
            {
                await _client!.SendAsync(Station, batch);
            }

            return true;
        }
        catch (Exception e) when (e is MqttCommunicationException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The receipts that it heard stay with its successors.
            await (_client?.DisposeAsync() ?? ValueTask.CompletedTask);
            _client = null;
            return false;
        }
    }

    /// <summary>Sends until everything up to a record is receipted.</summary>
    public async Task ReceiptedAsync(int upTo, int seconds = 60)
    {
        var sent = await SendAsync(upTo);
        var (clock, last) = (Stopwatch.StartNew(), Receipted);
        await Until.True(
            async () =>
            {
                var now = Receipted;
                if (now > last)
                {
                    clock.Restart();
                    last = now;
                }
                else if (now < upTo && (!sent || clock.Elapsed.TotalSeconds > 1.5))
                {
                    sent = await SendAsync(upTo);
                    clock.Restart();
                }

                return now >= upTo;
            },
            $"a receipt of {id} through {upTo}; got {Receipted}",
            seconds);
    }

    public async ValueTask DisposeAsync()
    {
        await (_client?.DisposeAsync() ?? ValueTask.CompletedTask);
        Station.Dispose();
    }

    private async Task ConnectAsync()
    {
        if (_client is null)
        {
            _client = await StationClient.ConnectAsync(port, operatorKey, id);
            _clients.Add(_client);
        }
    }
}
