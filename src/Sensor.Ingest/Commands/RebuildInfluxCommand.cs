using System.CommandLine;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Projection;
using Sensor.Ingest.Registry;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>rebuild influx. It works while the service runs.</summary>
internal static class RebuildInfluxCommand
{
    public static Command Create()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("influx", "Writes every observation to InfluxDB as a new generation, points dashboards to it, and drops the old one.") { config };
        command.SetAction(async (parsed, stop) =>
        {
            var path = parsed.GetRequiredValue(config);
            var configuration = IngestConfigurationFile.Read(path);
            _ = configuration.Influx ?? throw new DocumentException(path, [new DocumentProblem("influx", "is missing", "Give the server to which observations are written")]);
            using (var held = EvidenceStores.TryOpenForReading(configuration))
            {
                _ = held ?? throw new FileNotFoundException($"{configuration.DataDirectory} holds no evidence. Run waterwatch-ingest once before.");
            }

            var number = await RunAsync(configuration, parsed.InvocationConfiguration, stop);
            parsed.InvocationConfiguration.Output.WriteLine(FormattableString.Invariant($"generation {number} is current"));
            return IngestCommand.Good;
        });
        return command;
    }

    private static async Task<long> RunAsync(IngestConfiguration configuration, InvocationConfiguration console, CancellationToken stop)
    {
        using var connection = InfluxConnection.Open(configuration, (count, line, said) => console.Error.WriteLine(FormattableString.Invariant($"{count} refused: {said}; the first is {line}")), TimeProvider.System);
        using var registry = RegistryStore.Open(configuration, TimeProvider.System);
        var snapshot = registry.Load();
        var generation = await connection.Change.BeginAsync(stop);
        while (await connection.Projector.RoundAsync(Found(connection.Store, generation), snapshot, stop))
        {
        }

        await connection.Change.ShowAsync(Found(connection.Store, generation), stop);
        return generation.Number;
    }

    private static Generation Found(ProjectionStore store, Generation generation) =>
        store.Find(generation.Number) ?? throw new IOException("Another rebuild began meanwhile; this one gave up.");
}
