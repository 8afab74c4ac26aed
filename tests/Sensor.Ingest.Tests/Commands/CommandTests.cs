using Sensor.Ingest.Commands;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-command-").FullName;

    [Fact]
    public async Task Check_FiveMistakes_ReportsThemAllAndExitsWithTwo()
    {
        var (exit, output, error) = await RunAsync(
            """{ "deployment": "Xin An", "dataDirectory": "data", "mqtt": { "host": {}, "connect": { "host": "b" } }, "http": { "port": 70000 }, "limit": {} }""", "check");

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("has 5 mistakes", error, StringComparison.Ordinal);
        Assert.Equal(6, error.Trim().Split('\n').Length);
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Fact]
    public async Task Check_AgreementWithMistakes_ReportsThem()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "agreements"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "agreements", "a.json"), "{}", TestContext.Current.CancellationToken);

        var (exit, _, error) = await RunAsync(Good("\"agreementsDirectory\": \"agreements\","), "check");

        Assert.Equal(2, exit);
        Assert.Contains("a.json: schema: is missing", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_InOrder_SaysSoAndOpensNothing()
    {
        var (exit, output, _) = await RunAsync(Good(), "check");

        Assert.Equal((0, $"{Path.Combine(_folder, "ingest.json")} is in order; 0 agreements.\n"), (exit, output));
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Fact]
    public async Task Run_HttpPortTaken_SaysWhichAndWhatChangesIt()
    {
        await using var first = await TestIngest.StartAsync();
        var port = first.Host.HttpAddress.Port;

        var (exit, _, error) = await RunAsync(Good($"\"http\": {{ \"port\": {port} }},"), "run");

        Assert.Equal((1, $"Port {port} of 127.0.0.1 is taken by another program. Choose another with http.port.\n"), (exit, error));
    }

    [Fact]
    public async Task Run_DataDirectoryTaken_NamesTheFolderAndTheOtherCommandsStillWork()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        await using var first = IngestHost.Create(TestIngest.Configure(new HostedBroker { Port = TestIngest.FreePort() }) with { DataDirectory = data });
        await first.StartAsync(TestContext.Current.CancellationToken);

        var (exit, _, error) = await RunAsync(Good("\"http\": { \"port\": 0 },"), "run");

        Assert.Equal(1, exit);
        Assert.StartsWith($"The data directory {data} cannot be taken: ", error, StringComparison.Ordinal);
        Assert.EndsWith("Stop the other waterwatch-ingest that uses it, or give this one its own dataDirectory, writable for the service.\n", error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(Good(), "check")).Exit);
        Assert.Equal(0, (await RunAsync(Good(), "key")).Exit);
        Assert.Equal(0, (await RunAsync(Good(), "station", "list")).Exit);
        Assert.Equal(0, (await RunAsync(Good(), "station", "pending")).Exit);
    }

    [Fact]
    public async Task Key_Twice_PrintsTheSamePublicKey()
    {
        var first = await RunAsync(Good(), "key");
        var second = await RunAsync(Good(), "key");

        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", first.Output, StringComparison.Ordinal);
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("", "is a folder", "Give the configuration file in it")]
    [InlineData("missing.json", "cannot be read", "Give a file with --config that exists and that this user may read")]
    public async Task Check_ConfigurationThatCannotBeRead_ExitsWithTwoAndARemedy(string name, string what, string remedy)
    {
        var error = new StringWriter();

        Assert.Equal(2, await IngestCommand.RunAsync(["check", "--config", Path.Combine(_folder, name)], TextWriter.Null, error));
        Assert.Contains(what, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(remedy, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownCommand_ExitsWithTwo()
    {
        var error = new StringWriter();

        Assert.Equal(2, await IngestCommand.RunAsync(["fly"], TextWriter.Null, error));
        Assert.Contains("--help", error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Good(string more = "") => $$"""{ {{more}} "deployment": "test", "operator": "anhui", "dataDirectory": "data", "mqtt": { "host": { "port": {{TestIngest.FreePort()}} } } }""";

    private async Task<(int Exit, string Output, string Error)> RunAsync(string json, params string[] command)
    {
        var path = Path.Combine(_folder, "ingest.json");
        await File.WriteAllTextAsync(path, json, TestContext.Current.CancellationToken);
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await IngestCommand.RunAsync([.. command, "--config", path], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
