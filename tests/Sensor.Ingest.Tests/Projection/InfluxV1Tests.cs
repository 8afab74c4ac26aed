using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Projection;

/// <summary>Against a real influxd.</summary>
public sealed class InfluxV1Tests : IAsyncLifetime
{
    private const string Shown = "SELECT value, digits, flag, missing, revision FROM observation_g1";
    private static readonly Instant At = TestStation.Start;
    private Influxd _influxd = null!;
    private ProjectedEvidence _evidence = null!;

    public async ValueTask InitializeAsync()
    {
        _influxd = await Influxd.StartAsync();
        _evidence = new ProjectedEvidence(new InfluxV1Configuration { Url = _influxd.Url, Database = "waterwatch" });
    }

    [Fact]
    public async Task Round_RevisedAndMissing_ShowsWhatStandsWithItsRevision()
    {
        var station = _evidence.Station;
        _evidence.Service.Start();
        _evidence.Append(station.Next("1.40", At), station.Next("2.00", At.PlusMilliseconds(1)));
        await _evidence.CaughtUp();
        Assert.Equal([$"{At.UnixMilliseconds},1.4,1.40,N,,1", $"{At.UnixMilliseconds + 1},2,2.00,N,,1"], await _influxd.RowsAsync(Shown));

        _evidence.Append(station.Next("1.50", At), station.Next(ProjectedEvidence.Missing(At.PlusMilliseconds(1))), station.Next("1.50", At));
        await _evidence.CaughtUp();

        Assert.Equal([$"{At.UnixMilliseconds},1.5,1.50,N,,2", $"{At.UnixMilliseconds + 1},,,D,Fault,2"], await _influxd.RowsAsync(Shown));
        Assert.Equal([$"{At.UnixMilliseconds},1.40,1", $"{At.UnixMilliseconds + 1},2.00,1"], await _influxd.RowsAsync("SELECT digits, revision FROM superseded_g1"));
        Assert.Equal(["section,河口, 1"], await _influxd.RowsAsync("SHOW TAG VALUES FROM observation_g1 WITH KEY = section"));
    }

    [Fact]
    public async Task Round_EarlierRecordArrivesLast_TheStationsOrderDecides()
    {
        var station = _evidence.Station;
        Envelope[] records = [station.Next("1.0", At), station.Next("2.0", At), station.Next("3.0", At)];
        _evidence.Service.Start();
        _evidence.Append(records[2], records[0]);
        await _evidence.CaughtUp();
        _evidence.Append(records[1]);
        await _evidence.CaughtUp();

        Assert.Equal([$"{At.UnixMilliseconds},3,3.0,N,,3"], await _influxd.RowsAsync(Shown));
    }

    [Fact]
    public async Task Round_Fork_TakesBothAway()
    {
        var station = _evidence.Station;
        _evidence.Service.Start();
        _evidence.Append(station.Next("1.0", At));
        await _evidence.CaughtUp();
        _evidence.Append(station.Sign(TestStation.Readings("9.0", At), 1));
        await _evidence.CaughtUp();

        Assert.Empty(await _influxd.RowsAsync(Shown));
    }

    [Fact]
    public async Task Round_ServerDownAndBack_KeepsTheCursorAndThenCatchesUp()
    {
        _evidence.Service.Start();
        _evidence.Append(_evidence.Station.Next("1.0", At));
        await _evidence.CaughtUp();
        await _influxd.StopAsync();
        _evidence.Append(_evidence.Station.Next("2.0", At.PlusMilliseconds(5)));
        await _evidence.Says("failing");
        Assert.Equal(1, _evidence.Service.Lag);
        Assert.True(_evidence.Service.Meters.Failures > 0);

        await _influxd.RunAsync();
        await _evidence.CaughtUp();

        Assert.Equal(2, (await _influxd.RowsAsync(Shown)).Count);
    }

    [Fact]
    public async Task Round_PointOfAnotherFieldType_IsNamedCountedAndLeftOut()
    {
        await _influxd.AskAsync("CREATE DATABASE waterwatch");
        Assert.Equal(204, await _influxd.WriteAsync($"observation_g1,section=x digits=1i {At.UnixMilliseconds}"));
        var later = At.PlusMilliseconds(60L * 86_400_000);
        _evidence.Append(_evidence.Station.Next("1.0", At), _evidence.Station.Next("2.0", later));
        _evidence.Service.Start();
        await _evidence.CaughtUp();

        Assert.Equal(1, _evidence.Service.Meters.Refused);
        Assert.Contains(_evidence.Logger.Lines, l => l.Contains("never take 1 points", StringComparison.Ordinal) && l.Contains("digits=\"1.0\"", StringComparison.Ordinal));
        Assert.Equal([$"{later.UnixMilliseconds},2.0"], await _influxd.RowsAsync("SELECT digits::string FROM observation_g1 WHERE \"series\" = 'ST-1'"));
    }

    [Fact]
    public async Task Round_WipedServer_SaysThatARebuildIsNeededAndRebuildShowsAll()
    {
        _evidence.Service.Start();
        _evidence.Append(_evidence.Station.Next("1.0", At), _evidence.Station.Next("1.1", At));
        await _evidence.CaughtUp();
        await _influxd.AskAsync("DROP DATABASE waterwatch");
        _evidence.Append(_evidence.Station.Next("2.0", At.PlusMilliseconds(5)));
        await _evidence.Says("rebuild-needed");
        Assert.Contains("waterwatch-ingest rebuild influx", _evidence.Service.Status.Detail, StringComparison.Ordinal);

        Assert.Equal(2, await _evidence.RebuildAsync());
        await _evidence.CaughtUp();

        Assert.Equal([$"{At.UnixMilliseconds},1.1,2", $"{At.UnixMilliseconds + 5},2.0,1"], await _influxd.RowsAsync("SELECT digits, revision FROM observation_g2"));
    }

    [Fact]
    public async Task Rebuild_WhileTheServiceRuns_SwitchesThePointerDropsTheOldAndTheServiceGoesOn()
    {
        _evidence.Service.Start();
        _evidence.Append(_evidence.Station.Next("1.0", At));
        await _evidence.CaughtUp();
        Assert.Equal(["generation,1"], await _influxd.RowsAsync("SHOW TAG VALUES FROM waterwatch_current WITH KEY = generation"));

        await _evidence.RebuildAsync();
        _evidence.Append(_evidence.Station.Next("2.0", At.PlusMilliseconds(5)));
        await _evidence.CaughtUp();
        await _evidence.RestartAsync();
        await _evidence.CaughtUp();

        Assert.Equal(["generation,2"], await _influxd.RowsAsync("SHOW TAG VALUES FROM waterwatch_current WITH KEY = generation"));
        Assert.Empty(await _influxd.RowsAsync("SHOW SERIES FROM observation_g1"));
        Assert.Equal(2, (await _influxd.RowsAsync("SELECT digits FROM observation_g2")).Count);
    }

    [Fact]
    public async Task Round_StationEnteredElsewhereForThePast_SaysThatARebuildIsNeeded()
    {
        _evidence.Service.Start();
        _evidence.Append(_evidence.Station.Next("1.0", At));
        await _evidence.CaughtUp();

        _evidence.Registry = new RegistrySnapshot([.. _evidence.Registry.Placements, new StationPlacement("ST-1", "later", At.PlusMilliseconds(1), "test")], []);
        await _evidence.RestartAsync();
        await _evidence.CaughtUp();
        _evidence.Registry = new RegistrySnapshot([new StationPlacement("ST-1", "elsewhere", null, "test")], []);

        await _evidence.Says("rebuild-needed");
    }

    [Fact]
    public async Task Round_UserWithoutAdministration_WritesAndWrongPasswordIsSaid()
    {
        await using var influxd = await Influxd.StartAsync(auth: true);
        await influxd.AskAsync("CREATE USER root WITH PASSWORD 'root' WITH ALL PRIVILEGES");
        await influxd.AskAsync("CREATE DATABASE waterwatch; CREATE USER ww WITH PASSWORD 's3cret:'; GRANT ALL ON waterwatch TO ww", "root:root");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "wrong\n", TestContext.Current.CancellationToken);
        await using var evidence = new ProjectedEvidence(new InfluxV1Configuration { Url = influxd.Url, Database = "waterwatch", User = "ww", PasswordFile = file });
        evidence.Append(evidence.Station.Next("1.0", At), evidence.Station.Next("2.0", At));
        evidence.Service.Start();
        await evidence.Says("failing");
        Assert.Contains("status 401", evidence.Service.Status.Detail, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "s3cret:\n", TestContext.Current.CancellationToken);
        await evidence.RestartAsync();
        await evidence.CaughtUp();
        await evidence.RebuildAsync();

        Assert.Equal([$"{At.UnixMilliseconds},2.0,2"], await influxd.RowsAsync("SELECT digits, revision FROM observation_g2", "root:root"));
        File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        await _evidence.DisposeAsync();
        await _influxd.DisposeAsync();
    }
}
