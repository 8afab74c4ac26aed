using System.Text;
using System.Text.Json;
using MQTTnet;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>A station whose storage begins to fail while it samples, and recovers: the layer gives the errors that a disk gives.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();

    public void Dispose()
    {
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public Task Run_StorageFailsForAWhile_MissesNoSlotAndSaysSo() =>
        Task.WhenAll(TryAsync("ENOSPC", 28, "full"), TryAsync("EIO", 5, "I/O"), TryAsync("EROFS", 30, ""));

    private async Task TryAsync(string name, int error, string reason)
    {
        Directory.CreateDirectory(_folder[name]);
        var (data, fault) = (_folder[name + "/data"], _folder[name + "/fault"]);
        var outbox = Path.Combine(data, "outbox.db");
        await using var broker = await TestBroker.StartAsync();
        using var status = await StatusAsync(broker.Port);
        var configuration = Configure(name, broker.Port);
        Fail(fault, 0);
        Assert.Equal(0, (await Station.RunAsync("enroll", "--config", configuration)).Exit);
        using (var station = Station.Start(start => CutLayer.Put(start, data, null, fault), "run", "--config", configuration))
        {
            await Wait.Until(() => Chain.CountWithoutBoots(outbox) >= 3, "records are stored");
            Fail(fault, error);
            await Wait.Until(() => status.Last is { } last && last.GetProperty("storage").GetProperty("waiting").GetInt32() >= 3, "readings wait in memory and the status says so", 90);
            Assert.Contains(reason, status.Last!.Value.GetProperty("storage").GetProperty("reason").GetString(), StringComparison.Ordinal);
            var before = Chain.CountWithoutBoots(outbox);
            Fail(fault, 0);
            await Wait.Until(() => Chain.CountWithoutBoots(outbox) >= before + 5, "everything that waited is stored", 90);
            station.Terminate();
            await station.ExitAsync();
            Assert.Equal(0, station.Process.ExitCode);
        }

        using var key = SigningKey.LoadOrCreate(Path.Combine(data, "station.key.pem"));
        var slots = Chain.Verified(outbox, key.Public).Select(r => r.Record.Body).OfType<ReadingsBody>().Select(b => b.Instant.UnixMilliseconds / 1_000).ToArray();
        Assert.Equal(Enumerable.Range(0, slots.Length).Select(i => slots[0] + i), slots);
    }

    private static void Fail(string fault, int error)
    {
        using var file = new FileStream(fault, FileMode.OpenOrCreate);
        file.Write(BitConverter.GetBytes(error));
    }

    private string Configure(string name, int port)
    {
        _folder.Write(name + "/operator.pem", _operator.Public.Pem);
        return _folder.Write(name + "/station.json", JsonSerializer.Serialize(new
        {
            deployment = Some.Deployment,
            station = Some.Station,
            dataDirectory = "data",
            mqtt = new { host = "127.0.0.1", port },
            operators = new[] { new { id = "anhui", publicKeyFile = "operator.pem" } },
            instruments = new[] { new { id = "probe", driver = "simulated", cadence = "1s" } },
        }));
    }

    private static async Task<StatusListener> StatusAsync(int port)
    {
        var listener = new StatusListener();
        await listener.ConnectAsync(port);
        return listener;
    }

    private sealed class StatusListener : IDisposable
    {
        private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
        private string? _last;

        public JsonElement? Last => Volatile.Read(ref _last) is { } json ? JsonDocument.Parse(json).RootElement : null;

        public async Task ConnectAsync(int port)
        {
            _client.ApplicationMessageReceivedAsync += received =>
            {
                Volatile.Write(ref _last, Encoding.UTF8.GetString(received.ApplicationMessage.Payload));
                return Task.CompletedTask;
            };
            await _client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build());
            await _client.SubscribeAsync(Topics.Status(Some.Station));
        }

        public void Dispose() => _client.Dispose();
    }
}
