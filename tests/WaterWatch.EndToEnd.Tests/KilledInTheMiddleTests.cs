using WaterWatch.Testing;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>
/// Separate processes, a real broker, and <c>kill -9</c>: whatever is killed and however often, both operators come to the same outcome, and
/// it is the verdict of an undisturbed run.
/// </summary>
public sealed class KilledInTheMiddleTests : IDisposable
{
    private const int Rate = 60;
    private const int Windows = 3;
    private const int Used = 148;
    private const int Excluded = 87;
    private const string Year = "xinanjiang-round-3-from-may";

    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-e2e-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task KillingIngestAndEdge_SeveralTimes_LeavesTheOutcomeAsItWas()
    {
        var undisturbed = await RunAsync("undisturbed", (_, _) => Task.CompletedTask, runs: 1);
        for (var trial = 0; trial < Trials.Of(reduced: 1, full: 10); trial++)
        {
            var killed = await RunAsync($"killed-{trial}", KillAllInTurnAsync, runs: 4);
            Assert.Equal(undisturbed.Select(w => (w.Key, w.Value.Verdict)), killed.Select(w => (w.Key, w.Value.Verdict)));
            Assert.Contains(killed, w => w.Key.StartsWith(Year, StringComparison.Ordinal) && w.Value.Used == Used);
        }
    }

    private static async Task KillAllInTurnAsync(Station station, Operator zhejiang)
    {
        foreach (var progress in new[] { 30, 90, 150 })
        {
            await zhejiang.WaitForEvidenceAsync(progress);
            zhejiang.Kill();
            station.Kill();
            station.Start();
            await zhejiang.StartAsync();
        }
    }

    /// <summary>Two operators hear one station; the one is disturbed, the other is not. Both must agree to the last byte.</summary>
    private async Task<SortedDictionary<string, JudgedWindow>> RunAsync(string name, Func<Station, Operator, Task> disturb, int runs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        using var broker = await Mosquitto.StartAsync(folder);
        using var zhejiang = new Operator("zhejiang", folder, broker.Port);
        using var anhui = new Operator("anhui", folder, broker.Port);
        using var station = new Station(folder, broker.Port, Rate, zhejiang, anhui);
        foreach (var operatorOfOne in new[] { zhejiang, anhui })
        {
            operatorOfOne.Enroll(Station.Id, Station.Section, station.PublicKeyFile);
            await operatorOfOne.StartAsync();
        }

        station.Start();
        await disturb(station, zhejiang);
        station.WaitUntilDelivered();

        var decided = await zhejiang.DecidedAsync(Windows, Used, Excluded);
        Assert.Equal(decided, await anhui.DecidedAsync(Windows, Used, Excluded));
        Assert.Equal(Station.Instants + runs, (await zhejiang.CheckpointAsync())!.Size);
        Assert.Equal(Station.Instants + runs, (await anhui.CheckpointAsync())!.Size);
        return decided;
    }
}
