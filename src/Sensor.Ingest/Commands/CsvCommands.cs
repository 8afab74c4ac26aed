using System.CommandLine;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Interop;
using Sensor.Ingest.Registry;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>csv import: measured values from a file, signed by the operator.</summary>
internal static class CsvCommands
{
    private const int AtOnce = 512;

    public static Command Create() => new("csv", "Imports measured values from files.") { Import() };

    private static Command Import()
    {
        var config = IngestCommand.ConfigOption();
        var file = new Argument<string>("FILE") { Description = "CSV with the header section,time,parameter,value,unit,flag, as 'waterwatch assess' reads it." };
        var station = new Option<string>("--station") { Description = "The station as which it is recorded; enrolled with --trust attested.", Required = true };
        var source = new Option<string>("--source") { Description = "Where the file comes from, in words; kept beside its bytes.", Required = true };
        var command = new Command("import", "Enters the values of a file. What was said before is counted and changes nothing; another value is a revision. Stop the service for it; its next start decides.") { config, file, station, source };
        command.SetAction(async (parsed, stop) =>
        {
            var (path, output, error) = (parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                var sum = await ImportAsync(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)), path, parsed.GetRequiredValue(station), parsed.GetRequiredValue(source), stop);
                await output.WriteLineAsync($"new {sum.New}, revised {sum.Revised}, here already {sum.Repeated}");
                if (sum.Refusal is { } refusal)
                {
                    await error.WriteLineAsync($"{refusal}.");
                }

                return sum.Refusal is null ? IngestCommand.Good : IngestCommand.BadInput;
            }
            catch (Exception e) when (e is FormatException or DecoderFallbackException)
            {
                await error.WriteLineAsync($"{path}, {(e is FormatException ? e.Message : "the file is not UTF-8")}. Nothing of it is entered.");
                return IngestCommand.BadInput;
            }
        });
        return command;
    }

    /// <summary>Reads the whole file before anything is entered, then enters batch after batch.</summary>
    private static async Task<Attestation> ImportAsync(IngestConfiguration configuration, string path, string station, string source, CancellationToken stop)
    {
        var raw = new RawMessage(await File.ReadAllBytesAsync(path, stop), source);
        using var held = DataDirectoryLock.Take(configuration.DataDirectory);
        using var log = EvidenceStores.Open(configuration, TimeProvider.System, NullLogger.Instance);
        using var store = RegistryStore.Open(configuration, TimeProvider.System);
        var registry = store.Load();
        using var attestor = new Attestor(configuration, () => registry, arrivals => Task.FromResult(log.Append(arrivals)), TimeProvider.System);
        var bodies = CsvImport.Read(raw.Bytes.ToArray(), raw.Name, station, moment => registry.SectionOf(station, moment));
        var (sum, settings) = (new Attestation(null), Digest.Of(Encoding.UTF8.GetBytes($"csv 1 {station}\n{source}")));
        foreach (var batch in bodies.Chunk(AtOnce))
        {
            sum += await attestor.AttestAsync(station, raw, settings, batch, stop);
        }

        return sum;
    }
}
