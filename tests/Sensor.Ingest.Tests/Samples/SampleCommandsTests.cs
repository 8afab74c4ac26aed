using System.Text.Json;
using Sensor.Ingest.Commands;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Samples;

public sealed class SampleCommandsTests : IDisposable
{
    private readonly string _folder = SampleCase.AgreementsFolder();

    public SampleCommandsTests() => File.WriteAllText(
        Path.Combine(_folder, "ingest.config"), """{ "deployment": "test", "operator": "anhui", "dataDirectory": "data", "agreementsDirectory": ".", "mqtt": { "host": {} } }""");

    [Fact]
    public async Task Import_FileTwiceAndRevised_CountsAndLists()
    {
        var first = await ImportAsync(SampleCase.All);
        var again = await ImportAsync(SampleCase.All);
        var refused = await ImportAsync(SampleCase.Of("lab-up").Replace("1.62", "1.63", StringComparison.Ordinal));
        var revised = await ImportAsync(SampleCase.Of("lab-up").Replace("1.62", "1.63", StringComparison.Ordinal), "--reason", "mistyped");
        var listed = await RunAsync("sample", "list");

        Assert.EndsWith(" new 12, revised 0, here already 0\n", first.Output, StringComparison.Ordinal);
        Assert.EndsWith(" new 0, revised 0, here already 12\n", again.Output, StringComparison.Ordinal);
        Assert.Equal((2, ""), (refused.Exit, refused.Output));
        Assert.Contains("line 2: lab-up stated 1.62 N", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith(" new 0, revised 1, here already 3\n", revised.Output, StringComparison.Ordinal);
        Assert.Equal(["12 results", "4 results, because mistyped"], listed.Output.Trim().Split('\n').Select(l => l.Split(": ")[1]));
    }

    [Fact]
    public async Task Compare_SamplesWithReserve_SaysOfEachParameterWhatCounts()
    {
        await ImportAsync(SampleCase.All);

        var (exit, output, _) = await RunAsync("sample", "compare", "--agreement", "case");

        var lines = output.Trim().Split('\n').Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(0, exit);
        Assert.Equal(["w01019 False lab-reserve 1.8", "w21001 True mean 1.32", "w21003 True mean 0.15", "w21011 True mean 0.027"], lines.Select(l =>
            $"{l.GetProperty("parameter").GetString()} {l.GetProperty("within").GetBoolean()} {l.GetProperty("used").GetString()} {l.GetProperty("value").GetString()}"));
        Assert.All(lines, l => Assert.False(l.GetProperty("reserveNeeded").GetBoolean()));
        Assert.Equal("""[{"amount":"1.62","series":"lab-up","value":"1.62"},{"amount":"1.9800001","series":"lab-down","value":"1.9800001"}]""", lines[0].GetProperty("halves").GetRawText());
        Assert.Equal("20", lines[0].GetProperty("tolerance").GetProperty("percent").GetString());
    }

    [Fact]
    public async Task Compare_AgreementThatIsNotHere_NamesThoseThatAre()
    {
        var (exit, _, error) = await RunAsync("sample", "compare", "--agreement", "other");

        Assert.Equal((2, "--agreement other is not evaluated here. Give one of case.\n"), (exit, error));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Exit, string Output, string Error)> ImportAsync(string file, params string[] more)
    {
        var path = Path.Combine(_folder, "samples.csv");
        await File.WriteAllTextAsync(path, file, TestContext.Current.CancellationToken);
        return await RunAsync(["sample", "import", path, .. more]);
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await IngestCommand.RunAsync([.. arguments, "--config", Path.Combine(_folder, "ingest.config")], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
