using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Sensor.Ingest;
using Sensor.Ingest.Configuration;
using WaterWatch.Bench.Edge;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Size;

/// <summary><c>size</c>: the bytes that records take in a store. No clock is read: what else the machine does makes no difference.</summary>
internal static class SizeCommand
{
    public static Command Create()
    {
        var records = Number.Option("--records", "The records that are entered.", 50_000, 1_000, 10_000_000);
        var stations = Number.Option("--stations", "The stations that they come from.", 100, 1, 10_000);
        var postgres = new Option<string?>("--postgres") { Description = "An empty database instead of a SQLite file, as store.connection names it.", HelpName = "CONNECTION" };
        var archive = new Option<bool>("--archive") { Description = "Then moves every record to an archive, and tells what that takes and frees. SQLite only." };
        var command = new Command("size", "Bytes that a record of nine readings takes in a store that 'waterwatch-ingest import' filled.") { records, stations, postgres, archive };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(records), parsed.GetValue(stations), parsed.GetValue(postgres), parsed.GetValue(archive)));
        return command;
    }

    private static async Task<int> RunAsync(int records, int stations, string? postgres, bool archive)
    {
        using var folder = new TemporaryFolder();
        using var load = Load.Sign(stations, records, 1);
        var configuration = Path.Combine(folder.Path, "ingest.json");
        var store = postgres is null ? """{ "kind": "sqlite" }""" : $$"""{ "kind": "postgres", "connection": "{{postgres}}" }""";
        await File.WriteAllTextAsync(configuration, $$"""
            { "deployment": "{{BenchStation.Deployment}}", "operator": "bench", "dataDirectory": "data", "mqtt": { "host": {} }, "store": {{store}} }
            """);
        await EnrolAsync(IngestConfigurationFile.Read(configuration), load.Stations);
        var file = Path.Combine(folder.Path, "records.cbor");
        await WriteAsync(file, load);
        await IngestAsync("import", "--config", configuration, file);
        var size = postgres is null ? StoredSize.InSqlite(Path.Combine(folder.Path, "data", "evidence.db")) : StoredSize.InPostgres(postgres);
        Write(Console.Out, load, size);
        if (archive)
        {
            await ArchiveAsync(Console.Out, load, configuration, folder.Path);
        }

        return 0;
    }

    private static async Task EnrolAsync(IngestConfiguration configuration, IReadOnlyList<BenchStation> stations)
    {
        await using var host = IngestHost.Create(configuration);
        foreach (var station in stations)
        {
            host.EnrollStation(station.Id, IngestServer.SectionOf(station.Id), station.Key.Public, "bench");
        }
    }

    private static async Task WriteAsync(string path, Load load)
    {
        await using var file = File.Create(path);
        foreach (var (_, payload) in load.Messages)
        {
            await file.WriteAsync(payload);
        }
    }

    private static async Task ArchiveAsync(TextWriter output, Load load, string configuration, string folder)
    {
        var cold = Path.Combine(folder, "archive");
        await IngestAsync("archive", "--config", configuration, "--before", "2100-01-01T00:00:00Z", "--to", cold, "--remove");
        output.WriteLine(Say($"  {"in archive files",-28}{(double)new DirectoryInfo(cold).EnumerateFiles().Sum(file => file.Length) / load.Records,8:0}"));
        output.WriteLine(Say($"  {"free in the file after it",-28}{(double)StoredSize.FreeInSqlite(Path.Combine(folder, "data", "evidence.db")) / load.Records,8:0}"));
    }

    private static async Task IngestAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "waterwatch-ingest"), arguments))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"waterwatch-ingest {arguments[0]} ended with {process.ExitCode}");
        }
    }

    private static void Write(TextWriter output, Load load, StoredSize size)
    {
        output.WriteLine(Say($"{load.Records} records of {load.Stations.Count} stations, nine readings each, {(double)load.Bytes / load.Records:0} bytes as signed"));
        output.WriteLine(Say($"  {"everything",-28}{(double)size.Total / load.Records,8:0} bytes for a record"));
        foreach (var (name, bytes) in size.Parts.Where(t => t.Bytes > load.Records))
        {
            output.WriteLine(Say($"  {name,-28}{(double)bytes / load.Records,8:0}"));
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
