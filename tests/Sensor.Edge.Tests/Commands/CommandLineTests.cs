using System.Text.Json;
using Sensor.Contracts.Keys;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _anhui = SigningKey.Create();

    public void Dispose()
    {
        _anhui.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_UntilDelivered_ExitsWhenEverythingIsReceipted()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: true);
        var configuration = Station.Configure(_folder, Some.Csv(50), anhui.Key.Public.Pem, broker.Port);

        var enrolled = await Station.RunAsync("enroll", "--config", configuration);
        Assert.Equal(0, enrolled.Exit);
        using var key = SigningKey.LoadOrCreate(_folder["data/station.key.pem"]);
        Assert.Contains($"fingerprint: {key.Public.Id}", enrolled.Out, StringComparison.Ordinal);
        Assert.Contains(key.Public.Pem, enrolled.Out, StringComparison.Ordinal);
        Assert.Contains("never leaves the station", enrolled.Error, StringComparison.Ordinal);

        var run = await Station.RunAsync("run", "--config", configuration, "--until-delivered");
        Assert.True(run.Exit == 0, run.Error);
        Assert.Empty(run.Out);
        Assert.Equal(51, anhui.Held);

        var status = await Station.RunAsync("status", "--config", configuration);
        using var json = JsonDocument.Parse(status.Out);
        Assert.Equal(51, json.RootElement.GetProperty("lastSequence").GetInt64());
        Assert.Equal(0, json.RootElement.GetProperty("undelivered").GetProperty("anhui").GetInt64());
    }

    [Fact]
    public async Task Export_OfOneOperator_WritesWhatItLacksAndNothingOver()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: true);
        var configuration = Station.Configure(_folder, Some.Csv(20), anhui.Key.Public.Pem, broker.Port);
        await Station.RunAsync("enroll", "--config", configuration);
        Assert.Equal(0, (await Station.RunAsync("run", "--config", configuration, "--until-delivered")).Exit);

        Assert.Equal(0, (await Station.RunAsync("export", "--config", configuration, "--to", _folder["all"])).Exit);
        var lacking = await Station.RunAsync("export", "--config", configuration, "--to", _folder["lacking"], "--operator", "anhui");
        var again = await Station.RunAsync("export", "--config", configuration, "--to", _folder["all"]);
        var unknown = await Station.RunAsync("export", "--config", configuration, "--to", _folder["other"], "--operator", "hubei");

        Assert.Equal(Chain.Envelopes(_folder["data/outbox.db"]).SelectMany(e => e), await File.ReadAllBytesAsync(_folder["all"], TestContext.Current.CancellationToken));
        Assert.Contains("0 records of station", lacking.Error, StringComparison.Ordinal);
        Assert.Equal(2, again.Exit);
        Assert.Contains("nothing is written over", again.Error, StringComparison.Ordinal);
        Assert.Contains("none of this station's operators: anhui", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KeyIsAbsent_Exits3AndNamesTheCommand()
    {
        var (exit, _, error) = await Station.RunAsync("run", "--config", Station.Configure(_folder, Some.Csv(1), _anhui.Public.Pem));
        Assert.Equal(3, exit);
        Assert.Contains("waterwatch-edge enroll", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enroll_KeyIsLostButTheOutboxIsThere_Exits3()
    {
        var configuration = Station.Configure(_folder, Some.Csv(1), _anhui.Public.Pem);
        Directory.CreateDirectory(_folder["data"]);
        _folder.Write("data/outbox.db", "");
        Assert.Equal(3, (await Station.RunAsync("enroll", "--config", configuration)).Exit);
        Assert.False(File.Exists(_folder["data/station.key.pem"]));
    }

    [Fact]
    public async Task Check_Mistakes_Exits2WithAllOfThemAndTouchesNothing()
    {
        var configuration = _folder.Write("station.json", """{ "deployment": "X", "station": "jk", "dataDirectory": "data", "mqtt": {}, "extra": 1 }""");
        var (exit, output, error) = await Station.RunAsync("check", "--config", configuration);
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains("has 6 mistakes", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Theory]
    [InlineData]
    [InlineData("run")]
    [InlineData("check", "--config")]
    [InlineData("fly")]
    public async Task Run_WrongCommandLine_Exits2AndKeepsOutOfTheData(params string[] arguments)
    {
        var (exit, output, error) = await Station.RunAsync(arguments);
        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains("'waterwatch-edge --help' lists the commands", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_NoOutboxYet_Exits4() =>
        Assert.Equal(4, (await Station.RunAsync("status", "--config", Station.Configure(_folder, Some.Csv(1), _anhui.Public.Pem))).Exit);

    [Fact]
    public async Task Help_OfEveryCommand_DocumentsExitCodes()
    {
        foreach (var command in new[] { "run", "check", "enroll", "status" })
        {
            var (exit, output, _) = await Station.RunAsync(command, "--help");
            Assert.Equal(0, exit);
            Assert.Contains("Exit codes: 0 done", output, StringComparison.Ordinal);
        }
    }
}
