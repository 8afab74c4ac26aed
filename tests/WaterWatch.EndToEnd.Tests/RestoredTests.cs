using System.Text.Json;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>
/// An operator loses its store and restores an older backup. Separate processes and a real broker: it says so in public, asks the station for what it
/// had receipted since, and ends with everything that the station ever signed; the other operator notices nothing.
/// </summary>
public sealed class RestoredTests : IDisposable
{
    private const int Windows = 3;
    private const int Used = 148;
    private const int Excluded = 87;

    /// <summary>Slow enough that the backup, a process of its own, is done long before the recorded year is over.</summary>
    private const int Rate = 10;

    /// <summary>Several in a record, so that a small outbox is soon full.</summary>
    private static readonly string[] Parameters = ["w01009", "w01018", "w01019", "w21001", "w21003", "w21011"];

    /// <summary>Records that are receipted after the backup.</summary>
    private const int More = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-restored-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Restore_WhileTheStationGoesOn_EndsWithEverythingAndTheOtherOperatorsVerdict()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        using var anhui = new Operator("anhui", _folder, broker.Port);
        using var zhejiang = new Operator("zhejiang", _folder, broker.Port);
        using var station = await BegunAsync(broker, anhui, zhejiang);
        var size = anhui.Backup();
        await anhui.WaitForEvidenceAsync(size + More);
        anhui.Kill();
        anhui.LoseAllAndRestore();
        await anhui.StartAsync();

        station.WaitUntilDelivered();

        await anhui.SaysRestoredAsync();
        Assert.Equal(0, await anhui.CompleteAsync());
        Assert.Equal(0, await zhejiang.RestoresAsync());
        await AssertSameAsync(anhui, zhejiang, Station.Instants + 1);
    }

    [Fact]
    public async Task Restore_WhileTheStationIsAway_NamesWhatItHadReceiptedAndGetsItWhenTheStationReturns()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        using var anhui = new Operator("anhui", _folder, broker.Port);
        using var zhejiang = new Operator("zhejiang", _folder, broker.Port);
        using var station = await BegunAsync(broker, anhui, zhejiang);
        Assert.True(anhui.Backup() < Station.Instants, "the station goes on after the backup");
        station.WaitUntilDelivered();
        anhui.Kill();
        anhui.LoseAllAndRestore();
        await anhui.StartAsync();

        var lacks = await anhui.LacksAsync();
        Assert.Contains(lacks, gap => (gap.GetProperty("sign").GetString(), gap.GetProperty("last").GetInt64()) == ("receipted", Station.Instants + 1));

        station.StartForGood();
        await anhui.WaitForEvidenceAsync(Station.Instants + 2);
        Assert.Equal(0, await anhui.CompleteAsync());
        await AssertSameAsync(anhui, zhejiang, Station.Instants + 2);
    }

    [Fact]
    public async Task Restore_RequestLostWithTheBrokerAndTheStationRestartedTwice_StillEndsWithEverything()
    {
        var broker = await Mosquitto.StartAsync(_folder);
        try
        {
            using var anhui = new Operator("anhui", _folder, broker.Port);
            using var zhejiang = new Operator("zhejiang", _folder, broker.Port);
            using var station = await BegunAsync(broker, anhui, zhejiang);
            var size = anhui.Backup();
            await anhui.WaitForEvidenceAsync(size + More);
            station.Kill();
            anhui.Kill();
            anhui.LoseAllAndRestore();
            await anhui.StartAsync();
            await anhui.LacksAsync();

            // Nothing retained outlives this broker.
            broker.Dispose();
            broker = await Mosquitto.StartAsync(_folder, broker.Port);
            station.StartForGood();
            await zhejiang.WaitForEvidenceAsync((await zhejiang.CheckpointAsync())!.Size + More);
            station.Kill();
            station.StartForGood();

            await anhui.WaitForEvidenceAsync(Station.Instants + 3);
            Assert.Equal(0, await anhui.CompleteAsync());
            await AssertSameAsync(anhui, zhejiang, Station.Instants + 3);
        }
        finally
        {
            broker.Dispose();
        }
    }

    [Fact]
    public async Task Start_StorePutBackWithoutRestore_SaysSoAllTheSame()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        using var anhui = new Operator("anhui", _folder, broker.Port);
        using var zhejiang = new Operator("zhejiang", _folder, broker.Port);
        using var station = await BegunAsync(broker, anhui, zhejiang);
        Assert.True(anhui.Backup() < Station.Instants, "the station goes on after the backup");
        station.WaitUntilDelivered();
        anhui.Kill();
        Directory.Delete(anhui.DataDirectory, recursive: true);
        Directory.CreateDirectory(anhui.DataDirectory);
        foreach (var file in Directory.GetFiles(anhui.BackupFolder, "*.db"))
        {
            File.Copy(file, Path.Combine(anhui.DataDirectory, Path.GetFileName(file)));
        }

        await anhui.StartAsync();

        await anhui.SaysRestoredAsync();
        station.StartForGood();
        await anhui.WaitForEvidenceAsync(Station.Instants + 2);
        Assert.Equal(0, await anhui.CompleteAsync());
        await AssertSameAsync(anhui, zhejiang, Station.Instants + 2);
    }

    [Fact]
    public async Task Start_PostgresPutBackToADump_SaysSoAndEndsWithEverything()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        using var database = new Postgres();
        using var anhui = new Operator("anhui", _folder, broker.Port, database.Store);
        using var zhejiang = new Operator("zhejiang", _folder, broker.Port);
        using var station = await BegunAsync(broker, anhui, zhejiang);
        database.Dump();
        await anhui.WaitForEvidenceAsync((await anhui.CheckpointAsync())!.Size + More);
        anhui.Kill();
        database.LoseAllAndRestore();
        await anhui.StartAsync();

        station.WaitUntilDelivered();

        await anhui.SaysRestoredAsync();
        Assert.Equal(0, await anhui.CompleteAsync());
        await AssertSameAsync(anhui, zhejiang, Station.Instants + 1);
    }

    [Fact]
    public async Task Restore_StationHasDeletedSomeOfIt_IsToldWhatWillNeverComeAndGetsTheRest()
    {
        const int Hours = 1_600;
        using var broker = await Mosquitto.StartAsync(_folder);
        using var anhui = new Operator("anhui", _folder, broker.Port);
        using var zhejiang = new Operator("zhejiang", _folder, broker.Port);
        using var station = new Station(Recorded(Hours), _folder, broker.Port, recordsPerSecond: 100, """, "outbox": { "maxBytes": 1048576 }""", [anhui, zhejiang]);
        await EnrolledAsync(station, anhui, zhejiang);
        Assert.Equal(0, anhui.Backup());
        station.StartForGood();
        await anhui.AccountsForAsync(Hours);
        anhui.Kill();
        anhui.LoseAllAndRestore();
        await anhui.StartAsync();
        await anhui.LacksAsync();

        var gone = await anhui.CompleteAsync();

        // Both count every record that was ever signed: what they hold, and what the station says is gone.
        Assert.True(gone > 100, $"{gone} records are named as gone");
        await zhejiang.AccountsForAsync((await anhui.CheckpointAsync())!.Size + gone);
        Assert.Equal((await zhejiang.CheckpointAsync())!.Size + await zhejiang.CompleteAsync(), (await anhui.CheckpointAsync())!.Size + gone);
        using var gaps = JsonDocument.Parse(await anhui.GetAsync("gaps"));
        Assert.All(gaps.RootElement.GetProperty("closed").EnumerateArray(), loss => Assert.Equal("space", loss.GetProperty("reason").GetString()));
    }

    private string Recorded(int hours)
    {
        var file = Path.Combine(_folder, "recorded.csv");
        var first = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));
        File.WriteAllLines(file, ["section,time,parameter,value,unit,flag", .. Enumerable.Range(0, hours).SelectMany(hour => Parameters.Select(parameter => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{Station.Section},{first.AddHours(hour):yyyy-MM-dd'T'HH:mm:sszzz},{parameter},{hour}.5,mg/L,N")))]);
        return file;
    }

    private async Task<Station> BegunAsync(Mosquitto broker, Operator anhui, Operator zhejiang)
    {
        var station = new Station(_folder, broker.Port, recordsPerSecond: Rate, anhui, zhejiang);
        await EnrolledAsync(station, anhui, zhejiang);
        station.Start();
        await anhui.WaitForEvidenceAsync(20);
        return station;
    }

    private static async Task EnrolledAsync(Station station, params Operator[] operators)
    {
        foreach (var each in operators)
        {
            each.Enroll(Station.Id, Station.Section, station.PublicKeyFile);
            await each.StartAsync();
        }
    }

    private static async Task AssertSameAsync(Operator anhui, Operator zhejiang, long records)
    {
        Assert.Equal(records, (await anhui.CheckpointAsync())!.Size);
        var verdicts = (await zhejiang.DecidedAsync(Windows, Used, Excluded)).Select(w => (w.Key, w.Value.Verdict));
        Assert.Equal(verdicts, (await anhui.DecidedAsync(Windows, Used, Excluded)).Select(w => (w.Key, w.Value.Verdict)));
        using var stations = JsonDocument.Parse(await anhui.GetAsync("stations"));
        var held = stations.RootElement[0];
        Assert.Equal((0, 0), (held.GetProperty("forks").GetArrayLength(), held.GetProperty("rollbacks").GetArrayLength()));
    }
}
