using System.Diagnostics;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Processes;

/// <summary>The built program, killed without warning in the middle of a stream.</summary>
public sealed class KillTests
{
    private const int Records = 400;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(20200508, Trials.Of(reduced: 2, full: 25))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Run_KilledSeveralTimes_HoldsExactlyTheRecordsOnceWithTheCleanRoot(int seed)
    {
        var random = new Random(seed);
        var port = TestIngest.FreePort();
        await using var mosquitto = await Mosquitto.StartAsync(port);
        var folder = Directory.CreateTempSubdirectory("waterwatch-kill-").FullName;
        using var station = new TestStation("ST-1");
        using var operatorKey = SigningKey.LoadOrCreate(Path.Combine(folder, "operator.key.pem"));
        using (var registry = RegistryStore.Open(folder, TimeProvider.System))
        {
            registry.Enroll(station.Id, "Jiekou", station.Key.Public, null, "test");
        }

        var records = Enumerable.Range(0, Records).Select(_ => station.Next()).ToList();
        await using var client = await StationClient.ConnectAsync(port, operatorKey.Public, station.Id);
        var process = Start(folder, port);
        try
        {
            for (var kills = 0; kills < 4; kills++)
            {
                // Receipted up to somewhere, and more on its way at the moment of the kill.
                await ReceiptedAsync(client, station, records, (kills * Records / 5) + random.Next(1, Records / 5));
                await SendUnreceiptedAsync(client, station, records, (kills + 1) * Records / 5);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                process.Dispose();
                process = Start(folder, port);
            }

            await ReceiptedAsync(client, station, records, Records);
            await StopAsync(process);
        }
        finally
        {
            process.Kill();
            process.Dispose();
        }

        using var evidence = Database.OpenForReading(EvidenceLog.PathIn(folder));
        var held = TestIngest.DigestsOf(evidence);
        Assert.Equal(records.Select(r => r.Digest).Order(), held.Order());
        using var log = EvidenceLog.Open(folder, TimeProvider.System);
        Assert.Equal(new LogCheckpoint(Records, TestIngest.RootOf(held)), log.Checkpoint);
        Assert.Equal(Records, evidence.Number("SELECT count(*) FROM observation"));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("mqtt.host.port")]
    [InlineData("http.port")]
    public async Task Run_PortTaken_SaysWhichAndWhatChangesItAndNothingElse(string setting)
    {
        await using var first = await TestIngest.StartAsync();
        var folder = Directory.CreateTempSubdirectory("waterwatch-port-").FullName;
        var http = setting == "http.port";
        var port = http ? first.Host.HttpAddress.Port : first.MqttPort;

        using var process = Start(folder, http ? TestIngest.FreePort() : port, hosted: true, http ? port : 0);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, "", $"Port {port} of 127.0.0.1 is taken by another program. Choose another with {setting}.\n"), (process.ExitCode, await output, error));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Run_BrokerIsAway_LogsToStandardErrorOnly()
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-log-").FullName;
        using var process = Start(folder, TestIngest.FreePort());
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        await StopAsync(process);

        Assert.Contains("Check mqtt.connect.host", line, StringComparison.Ordinal);
        Assert.Equal("", await output);
        Directory.Delete(folder, recursive: true);
    }

    private static long Receipted(StationClient client, TestStation station) =>
        client.Receipts.Where(r => r.Run == station.Run).Select(r => r.Through).DefaultIfEmpty(0).Max();

    // As an edge does: again from the oldest, as long as nobody has receipted it.
    private static async Task ReceiptedAsync(StationClient client, TestStation station, List<Envelope> records, int upTo)
    {
        await SendUnreceiptedAsync(client, station, records, upTo);
        var (clock, last) = (Stopwatch.StartNew(), Receipted(client, station));
        await Until.True(
            async () =>
            {
                var now = Receipted(client, station);
                if (now > last)
                {
                    clock.Restart();
                    last = now;
                }
                else if (clock.Elapsed.TotalSeconds > 1.5 && now < upTo)
                {
                    await SendUnreceiptedAsync(client, station, records, upTo);
                    clock.Restart();
                }

                return now >= upTo;
            },
            $"a receipt through {upTo}",
            seconds: 60);
    }

    private static async Task SendUnreceiptedAsync(StationClient client, TestStation station, List<Envelope> records, int upTo)
    {
        foreach (var batch in records[(int)Receipted(client, station)..Math.Max(upTo, (int)Receipted(client, station))].Chunk(7))
        {
            await client.SendAsync(station, batch);
        }
    }

    private static Process Start(string folder, int port, bool hosted = false, int http = 0)
    {
        var config = Path.Combine(folder, "ingest.json");
        var mqtt = hosted ? $$"""{ "host": { "port": {{port}} } }""" : $$"""{ "connect": { "host": "127.0.0.1", "port": {{port}} } }""";
        File.WriteAllText(config, $$"""{ "deployment": "test", "operator": "anhui", "dataDirectory": ".", "mqtt": {{mqtt}}, "http": { "port": {{http}} } }""");
        var program = Path.Combine(AppContext.BaseDirectory, "waterwatch-ingest.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, "run", "--config", config]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static async Task StopAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
