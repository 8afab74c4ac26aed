using Sensor.Compliance.Bundles;
using Sensor.Contracts.Bundles;
using Sensor.Ingest.Commands;
using Sensor.Ingest.Tests.Bundles;

namespace Sensor.Ingest.Tests.Archives;

/// <summary>Once the bytes of everything were moved, everything that needs them reads the archive, and names the file where it is not there.</summary>
public sealed class ArchivedBundleTests : IAsyncLifetime
{
    private readonly BundledIngest _ingest = new();

    private string Cold => Path.Combine(_ingest.Folder, "cold");

    public async ValueTask InitializeAsync()
    {
        await _ingest.InitializeAsync();
        await _ingest.StopAsync();
        Assert.Equal((0, ""), await RunAsync("archive", "--before", "2100-01-01T00:00:00Z", "--to", Cold, "--remove"));
    }

    public ValueTask DisposeAsync() => _ingest.DisposeAsync();

    [Fact]
    public async Task Bundle_OfMovedRecords_HoldsTheSameRecordsAndVerifies()
    {
        var (code, output) = await _ingest.CommandAsync("2020-08", "archived.bundle");

        Assert.True(code == 0, output);
        var bundle = await File.ReadAllBytesAsync(Path.Combine(_ingest.Folder, "archived.bundle"), TestContext.Current.CancellationToken);
        var report = BundleVerification.Of(bundle, _ingest.Operator.Public.Id);
        Assert.True(report.Holds, report.Broken?.ToString());
        Assert.Equal(Member(_ingest.Determined, BundleNames.Records), Member(bundle, BundleNames.Records));
        Assert.Equal(Member(_ingest.Determined, BundleNames.Inclusion), Member(bundle, BundleNames.Inclusion));
    }

    [Fact]
    public async Task Rebuild_OfMovedRecords_ReadsTheArchive()
    {
        Assert.Equal((0, ""), await RunAsync("rebuild", "observations"));
        Assert.Equal((0, ""), await RunAsync("rebuild", "outcomes"));
    }

    [Fact]
    public async Task Commands_WithoutTheArchive_NameItsFileAndWhatToDo()
    {
        Directory.Move(Cold, Cold + "er");

        Named(await _ingest.CommandAsync("2020-08", "archived.bundle"));
        Assert.False(File.Exists(Path.Combine(_ingest.Folder, "archived.bundle")));
        Named(await RunAsync("rebuild", "observations"));
        Named(await RunAsync("rebuild", "outcomes"));

        Directory.Move(Cold + "er", Cold);
        Assert.Equal((0, ""), await RunAsync("rebuild", "observations"));
    }

    private static void Named((int Code, string Error) result)
    {
        Assert.Equal(1, result.Code);
        Assert.Contains("are in the archive file evidence-anhui-000000000000.cbor with the SHA-256 ", result.Error, StringComparison.Ordinal);
        Assert.Contains("Bring it back, or name its folder in 'archive' of the configuration.", result.Error, StringComparison.Ordinal);
    }

    private static byte[] Member(byte[] bundle, string name) => BundleContainer.Read(bundle).Single(m => m.Name == name).Content.ToArray();

    private async Task<(int Code, string Error)> RunAsync(string command, params string[] arguments)
    {
        var error = new StringWriter();
        string[] words = command == "archive" ? [command, "--config", _ingest.Configuration, .. arguments] : [command, .. arguments, "--config", _ingest.Configuration];
        return (await IngestCommand.RunAsync(words, TextWriter.Null, error), error.ToString());
    }
}
