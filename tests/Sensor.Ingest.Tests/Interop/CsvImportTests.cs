using Sensor.Ingest.Commands;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Interop;

public sealed class CsvImportTests : IDisposable
{
    private const string Header = "section,time,parameter,value,unit,flag\n";
    private const string Line = "街口,2021-04-01T08:00:00+08:00,w01019,1.40,mg/L,N\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-csv-").FullName;

    [Fact]
    public async Task Import_Twice_IsOnceAndAnotherValueIsARevision()
    {
        await EnrollAsync();

        var first = await ImportAsync(Header + Line + Line.Replace("w01019,1.40", "w21003,", StringComparison.Ordinal));
        var again = await ImportAsync(Header + Line + Line.Replace("w01019,1.40", "w21003,", StringComparison.Ordinal));
        var revised = await ImportAsync(Header + Line.Replace("1.40", "1.50", StringComparison.Ordinal));

        Assert.Equal((0, "new 2, revised 0, here already 0\n", ""), first);
        Assert.Equal((0, "new 0, revised 0, here already 2\n", ""), again);
        Assert.Equal((0, "new 0, revised 1, here already 0\n", ""), revised);
        using var evidence = Database.OpenForReading(EvidenceLog.PathIn(Path.Combine(_folder, "data")));
        Assert.Equal(2, evidence.Number("SELECT count(*) FROM evidence"));
        Assert.Equal(2, evidence.Number("SELECT count(*) FROM raw WHERE source = 'the province'"));
        Assert.Equal(1, evidence.Number("SELECT count(*) FROM run WHERE previous_run IS NOT NULL"));
    }

    [Theory]
    [InlineData("街口,yesterday,w01019,1.40,mg/L,N", "line 3: time 'yesterday' is not an ISO 8601 time")]
    [InlineData("街口,2021-04-01T08:00:00+08:00,w01019,much,mg/L,N", "line 3: value 'much' is not a plain decimal number")]
    [InlineData("elsewhere,2021-04-01T08:00:00+08:00,w01019,1.4,mg/L,N", "line 3: section 'elsewhere' is not where LEGACY-1 stands")]
    public async Task Import_LineThatIsWrong_NamesItAndEntersNothing(string line, string expected)
    {
        await EnrollAsync();

        var (exit, output, error) = await ImportAsync(Header + Line + line + "\n");

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        using var evidence = Database.OpenForReading(EvidenceLog.PathIn(Path.Combine(_folder, "data")));
        Assert.Equal(0, evidence.Number("SELECT count(*) FROM evidence"));
    }

    [Fact]
    public async Task Import_StationThatSignsItself_IsRefusedWithTheRemedy()
    {
        await RunAsync("station", "enroll", "--station", "LEGACY-1", "--section", "街口", "--key", await StationKeyAsync());

        var (exit, _, error) = await ImportAsync(Header + Line);

        Assert.Equal(2, exit);
        Assert.Contains("LEGACY-1 is not enrolled as attested; 'waterwatch-ingest station enroll --trust attested' does it", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task EnrollAsync() => Assert.Equal(0, (await RunAsync("station", "enroll", "--station", "LEGACY-1", "--section", "街口", "--trust", "attested")).Exit);

    private async Task<string> StationKeyAsync()
    {
        using var station = new TestStation("LEGACY-1");
        var file = Path.Combine(_folder, "station.pem");
        await File.WriteAllTextAsync(file, station.Key.Public.Pem, TestContext.Current.CancellationToken);
        return file;
    }

    private async Task<(int Exit, string Output, string Error)> ImportAsync(string csv)
    {
        var file = Path.Combine(_folder, "data.csv");
        await File.WriteAllTextAsync(file, csv, TestContext.Current.CancellationToken);
        return await RunAsync("csv", "import", file, "--station", "LEGACY-1", "--source", "the province");
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] command)
    {
        var path = Path.Combine(_folder, "ingest.json");
        await File.WriteAllTextAsync(path, """{ "deployment": "test", "operator": "anhui", "dataDirectory": "data", "mqtt": { "host": {} } }""", TestContext.Current.CancellationToken);
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await IngestCommand.RunAsync([.. command, "--config", path], output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
