using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Registry;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>import: the records that a station wrote to a file, each examined as if it had come over MQTT.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var config = IngestCommand.ConfigOption();
        var file = new Argument<string>("FILE") { Description = "What 'waterwatch-edge export' wrote." };
        var command = new Command("import", "Enters the records of a file. What is here already is counted and changes nothing. Stop the service for it; its next start decides.") { config, file };
        command.SetAction(parsed =>
        {
            var (path, output, error) = (parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var counts = new SortedDictionary<Landing, long>();
            var broken = Import(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)), path, counts);
            output.WriteLine(string.Join(", ", Enum.GetValues<Landing>().Select(l => $"{Word(l)} {counts.GetValueOrDefault(l)}")));
            if (broken is not null)
            {
                error.WriteLine($"{path}: {broken} What stands before is entered; export the rest again.");
            }

            return broken is null && counts.GetValueOrDefault(Landing.Refused) == 0 ? IngestCommand.Good : IngestCommand.BadInput;
        });
        return command;
    }

    /// <summary>Enters batch after batch, each durable before the next is read.</summary>
    /// <returns>Where the file ends to be a sequence of records; null where it is whole.</returns>
    private static string? Import(IngestConfiguration configuration, string path, SortedDictionary<Landing, long> counts)
    {
        using var file = File.OpenRead(path);
        using var held = DataDirectoryLock.Take(configuration.DataDirectory);
        using var log = EvidenceStores.Open(configuration, TimeProvider.System, NullLogger.Instance);
        using var store = RegistryStore.Open(configuration, TimeProvider.System);
        var registry = store.Load();
        try
        {
            foreach (var items in EnvelopeFile.Read(file))
            {
                foreach (var landing in log.Append(Examination.Items(items, configuration.Deployment, registry, Instant.From(DateTimeOffset.UtcNow))).Landings)
                {
                    counts[landing] = counts.GetValueOrDefault(landing) + 1;
                }
            }

            return null;
        }
        catch (FormatException e)
        {
            return e.Message + ".";
        }
    }

    private static string Word(Landing landing) => landing switch
    {
        Landing.PendingRepeat => "pending already",
        Landing.Repeat => "here already",
        _ => landing.ToString().ToLowerInvariant(),
    };
}
