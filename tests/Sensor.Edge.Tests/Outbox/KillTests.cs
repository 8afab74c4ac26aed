using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Outbox;

/// <summary>Kills the station's process in the middle of its work, again and again.</summary>
/// <remarks>tests/run.sh --long kills more often; the random moments are seeded. A killed process is not a lost supply: what the disk itself loses is not tried here.</remarks>
public sealed class KillTests : IDisposable
{
    private const int Seed = 20261123;
    private static readonly int Kills = Trials.Of(reduced: 20, full: 300);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_KilledAtRandomMoments_LosesNothingAndSignsNothingTwice()
    {
        var random = new Random(Seed);
        var records = Kills * 60;
        using var anhui = SigningKey.Create();
        var configuration = Station.Configure(_folder, Some.Csv(records), anhui.Public.Pem);
        Assert.Equal(0, (await Station.RunAsync("enroll", "--config", configuration)).Exit);
        var outbox = _folder["data/outbox.db"];

        for (var kill = 0; kill < Kills; kill++)
        {
            using var station = Station.Start("run", "--config", configuration);
            var until = Chain.Count(outbox) + random.Next(0, 60);
            await Wait.Until(() => Chain.Count(outbox) >= until || Chain.CountWithoutBoots(outbox) == records, "records are appended");
            station.Kill();
            await station.ExitAsync();
        }

        var before = Chain.Count(outbox);
        using (var last = Station.Start("run", "--config", configuration))
        {
            await Wait.Until(() => Chain.Count(outbox) > before && Chain.CountWithoutBoots(outbox) == records, "the replay ends", 120);
            last.Terminate();
            await last.ExitAsync();
            Assert.Equal(0, last.Process.ExitCode);
        }

        using var key = SigningKey.LoadOrCreate(_folder["data/station.key.pem"]);
        var chain = Chain.Verified(outbox, key.Public);
        var values = chain.Select(r => r.Record.Body).OfType<ReadingsBody>().Select(b => b.Readings.Single().Value.ToString());
        Assert.Equal(Enumerable.Range(1, records).Select(i => $"{i}.5"), values);
        var boots = chain.Select(r => r.Record.Body).OfType<EventBody>().Select(b => b.Event.Kind).ToArray();
        Assert.Equal("first", boots[0]);
        Assert.All(boots[1..], kind => Assert.Equal("unclean", kind));
        TestContext.Current.SendDiagnosticMessage($"{boots.Length} runs, {chain.Count} records, seed {Seed}");
    }

    [Fact]
    public async Task Run_KilledWhilePublishingAndTakingReceipts_DeliversEverythingAndForgetsNoReceipt()
    {
        var random = new Random(Seed);
        var kills = Trials.Of(reduced: 8, full: 200);
        var records = kills * 60;
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: true);
        var configuration = Station.Configure(_folder, Some.Csv(records), anhui.Key.Public.Pem, broker.Port);
        Assert.Equal(0, (await Station.RunAsync("enroll", "--config", configuration)).Exit);
        var (outbox, receipted) = (_folder["data/outbox.db"], 0L);

        for (var kill = 0; kill < kills; kill++)
        {
            using var station = Station.Start("run", "--config", configuration);
            var until = anhui.Held + random.Next(0, 60);
            await Wait.Until(() => anhui.Held >= until || anhui.Held >= records, "records arrive");
            station.Kill();
            await station.ExitAsync();
            var now = Receipted(outbox);
            Assert.True(now >= receipted, $"{now} of {receipted} receipted records after kill {kill}, seed {Seed}");
            receipted = now;
        }

        Assert.Equal(0, (await Station.RunAsync("run", "--config", configuration, "--until-delivered")).Exit);
        using var key = SigningKey.LoadOrCreate(_folder["data/station.key.pem"]);
        var chain = Chain.Verified(outbox, key.Public);
        Assert.Equal(records, chain.Count(r => r.Record.Body is ReadingsBody));
        Assert.Equal(chain.ToDictionary(r => (r.Record.Header.Run, r.Record.Header.Sequence), r => r.Digest), anhui.Digests);
        TestContext.Current.SendDiagnosticMessage($"{kills} kills, {chain.Count} records, {receipted} receipted before the last run, seed {Seed}");
    }

    [Fact]
    public async Task Run_ToldToEndAsSoonAsItHasSigned_EndsInOrder()
    {
        using var anhui = SigningKey.Create();
        var configuration = Station.Configure(_folder, Some.Csv(10), anhui.Public.Pem);
        Assert.Equal(0, (await Station.RunAsync("enroll", "--config", configuration)).Exit);
        var outbox = _folder["data/outbox.db"];
        for (var run = 0; run < 5; run++)
        {
            var before = Chain.Count(outbox);
            using var station = Station.Start("run", "--config", configuration);
            await Wait.Until(() => Chain.Count(outbox) > before, "the run has begun");
            station.Terminate();
            await station.ExitAsync();
            Assert.Equal(0, station.Process.ExitCode);
        }

        using var key = SigningKey.LoadOrCreate(_folder["data/station.key.pem"]);
        var boots = Chain.Verified(outbox, key.Public).Select(r => r.Record.Body).OfType<EventBody>().Select(b => b.Event.Kind);
        Assert.Equal(["first", "orderly", "orderly", "orderly", "orderly"], boots);
    }

    private static long Receipted(string outbox)
    {
        using var connection = OutboxDatabase.OpenReader(outbox);
        return Coverage.Load(connection, ["anhui"]).Of("anhui").Count;
    }
}
