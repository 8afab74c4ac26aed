using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Commands;
using Sensor.Edge.Sampling;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Commands;

public sealed class CalibrateCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();

    public void Dispose()
    {
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Calibrate_BesideTheRunningStation_IsSignedWithEverythingThatWasSaid()
    {
        var configuration = Configure();
        await Station.RunAsync("enroll", "--config", configuration);
        using var station = Station.Start("run", "--config", configuration);
        await Wait.Until(() => Chain.Count(_folder["data/outbox.db"]) > 0, "the station runs");

        var done = await Station.RunAsync(
            "calibrate", "--config", configuration, "--instrument", "probe", "--parameter", "w01001", "--by", "Li", "--point", "6.86:6.91:6.86", "--point", "9.18:9.20:9.18",
            "--tolerance", "0.02", "--slope-from", "90", "--slope-to", "105", "--note", "lot 17");
        var check = await Station.RunAsync("calibrate", "--config", configuration, "--instrument", "probe", "--parameter", "w01001", "--by", "Li", "--check", "--point", "6.86:7.20", "--tolerance", "0.1");
        var maintenance = await Station.RunAsync("maintenance", "--config", configuration, "--by", "Li", "--note", "cleaning");
        station.Terminate();
        await station.ExitAsync();

        Assert.True((done.Exit, check.Exit, maintenance.Exit) == (0, 0, 0), done.Error + check.Error + maintenance.Error);
        var events = Chain.Bodies(_folder["data/outbox.db"]).OfType<EventBody>().Select(b => b.Event).Where(e => e.Type != EventType.Boot).ToList();
        Assert.Equal([EventType.Calibration, EventType.Check, EventType.MaintenanceBegin], events.Select(e => e.Type));
        Assert.Equal(("probe", "w01001", "Li", "2-point", true), (events[0].Instrument, events[0].Parameter, events[0].Actor, events[0].Kind, events[0].Passed));
        Assert.Equal("tolerance 0.02; slope 98.71 % of 90 to 105 %; lot 17", events[0].Note);
        Assert.Equal(["6.86 6.91 6.86", "9.18 9.20 9.18"], events[0].Points.Select(p => $"{p.Standard} {p.Before} {p.After}"));
        Assert.Equal(("span", false), (events[1].Kind, events[1].Passed));
        Assert.Equal(("Li", "cleaning"), (events[2].Actor, events[2].Note));
    }

    [Fact]
    public async Task Maintenance_BegunAtTheStation_FlagsWhatIsReadUntilItEnds_AlsoAfterARestart()
    {
        var configuration = Configure("1s");
        await Station.RunAsync("enroll", "--config", configuration);
        using (var station = Station.Start("run", "--config", configuration))
        {
            await Wait.Until(() => Flags().Contains("N"), "a reading is stored");
            Assert.Equal(0, (await Station.RunAsync("maintenance", "--config", configuration, "--by", "Li", "--instrument", "probe")).Exit);
            await Wait.Until(() => Flags()[^1] == "M", "readings carry the flag");
            station.Kill();
        }

        var killed = Flags().Count;
        using var again = Station.Start("run", "--config", configuration);
        await Wait.Until(() => Flags().Count > killed, "the next run reads");
        Assert.Equal("M", Flags()[killed]);
        Assert.Equal(0, (await Station.RunAsync("maintenance", "--config", configuration, "--by", "Li", "--instrument", "probe", "--end")).Exit);
        await Wait.Until(() => Flags()[^1] == "N", "readings count again");
    }

    [Theory]
    [InlineData("--instrument air --parameter w01001 --point 7:7 --tolerance 1", "none of this station's instruments: probe")]
    [InlineData("--instrument probe --parameter w99999 --point 7:7 --tolerance 1", "none of what probe reads")]
    [InlineData("--instrument probe --parameter w01001 --point 7;7 --tolerance 1", "STANDARD:BEFORE[:AFTER]")]
    [InlineData("--instrument probe --parameter w01001 --point 7:7", "Whether it passed cannot be said")]
    [InlineData("--instrument probe --parameter w01001 --point 7:7 --slope-from 90", "Whether it passed cannot be said")]
    public async Task Calibrate_WhatCannotBeJudged_IsRefusedBeforeAnythingIsSigned(string options, string why)
    {
        var refused = await Station.RunAsync(["calibrate", "--config", Configure(), "--by", "Li", .. options.Split(' ')]);
        Assert.Equal(2, refused.Exit);
        Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data/requests"]));
    }

    [Fact]
    public void Ask_Dialogue_AsksAgainForWhatIsNoNumberAndEndsWithAnEmptyLine()
    {
        using var questions = new StringWriter();
        var points = CalibrateCommand.Ask(new StringReader("6.86\nsix\n6.91\n\n9.18\n9.20\n9.18\n\n"), questions, isCheck: false)!;

        Assert.Equal(["6.86 6.91 ", "9.18 9.20 9.18"], points.Select(p => $"{p.Standard} {p.Before} {p.After}"));
        Assert.Contains("'six' is not a plain decimal number", questions.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4:4.00,7:7.00", "90", "105", null, true)]
    [InlineData("4:4.00,7:6.70", "90", "105", null, true)]
    [InlineData("4:4.00,7:6.69", "90", "105", null, false)]
    [InlineData("7:7.10", null, null, "0.1", true)]
    [InlineData("7:7.11", null, null, "0.1", false)]
    [InlineData("7:7.11:7.01", null, null, "0.1", true)]
    [InlineData("7:7.00", "90", null, "0.1", null)]
    [InlineData("7:7.50", "90", null, "0.1", false)]
    [InlineData("7:7.00", null, null, null, null)]
    public void Passed_ByTheStatedLimits_ASlopeOrReadingAtTheLimitPasses(string points, string? from, string? to, string? tolerance, bool? passed)
    {
        static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        CalibrationPoint[] read = [.. points.Split(',').Select(p => p.Split(':')).Select(p => new CalibrationPoint(
            MeasuredValue.Parse(p[0]), MeasuredValue.Parse(p[1]), p.Length > 2 ? MeasuredValue.Parse(p[2]) : null))];
        Assert.Equal(passed, new CalibrationLimits(Number(tolerance), Number(from), Number(to)).Passed(read));
    }

    [Theory]
    [InlineData("{}", "type: is missing")]
    [InlineData("""{ "type": "boot", "actor": "x" }""", "type")]
    [InlineData("""{ "type": "check", "actor": "x", "instrument": "air" }""", "instrument")]
    [InlineData("""{ "type": "check", "actor": "x", "points": [{ "standard": "1e5" }] }""", "points[0].standard")]
    [InlineData("""{ "type": "check", "actor": "x", "command": "reboot" }""", "command: is not a known member")]
    [InlineData("not json", "JSON")]
    public void Read_RequestThatIsNone_IsRefusedWithItsPlace(string request, string why) => Assert.Contains(
        why,
        Assert.Throws<Sensor.Contracts.Documents.DocumentException>(() => EventRequest.Read("r", System.Text.Encoding.UTF8.GetBytes(request), ["probe"])).Message,
        StringComparison.Ordinal);

    private List<string> Flags() => Chain.Count(_folder["data/outbox.db"]) == 0
        ? []
        : [.. Chain.Bodies(_folder["data/outbox.db"]).OfType<ReadingsBody>().Select(b => b.Readings[0].Flag)];

    private string Configure(string cadence = "4h")
    {
        _folder.Write("operator.pem", _operator.Public.Pem);
        return _folder.Write("station.json", $$"""
            { "deployment": "xinan", "station": "JK-1", "dataDirectory": "data", "mqtt": { "host": "127.0.0.1", "port": 9 },
              "operators": [{ "id": "anhui", "publicKeyFile": "operator.pem" }],
              "instruments": [{ "id": "probe", "driver": "simulated", "cadence": "{{cadence}}" }] }
            """);
    }
}
