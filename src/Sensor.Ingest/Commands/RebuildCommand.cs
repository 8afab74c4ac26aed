using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Commands;

/// <summary>rebuild: recreates what follows from the evidence; observations and outcomes with the service stopped.</summary>
internal static class RebuildCommand
{
    public static Command Create() => new("rebuild", "Recreates from the evidence what follows from it. Stop the service for observations and outcomes.") { Observations(), Outcomes(), RebuildInfluxCommand.Create() };

    private static Command Observations()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("observations", "Recreates observations, the continuity of runs, losses, forks and rollbacks, in one transaction.") { config };
        command.SetAction(parsed =>
        {
            var records = StoreRebuild.Run(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)));
            parsed.InvocationConfiguration.Output.WriteLine($"{records} records read; what follows from them is made anew.");
            return IngestCommand.Good;
        });
        return command;
    }

    private static Command Outcomes()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("outcomes", "Recreates standings and late findings and recomputes what is signed; a signed outcome is never changed.") { config };
        command.SetAction((parsed, stop) => RebuildOutcomesAsync(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)), parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static async Task<int> RebuildOutcomesAsync(IngestConfiguration configuration, TextWriter output, CancellationToken stop)
    {
        await using var pipeline = new IngestPipeline(configuration, AgreementFolder.Read(configuration.AgreementsDirectory), NullLoggerFactory.Instance, TimeProvider.System);
        using var unsigned = new UnsignedOutcomes(configuration.DataDirectory);
        var dropped = unsigned.Drop();
        var computed = (await pipeline.Evaluation.NowAsync(stop)).Select(o => o.Digest).ToHashSet();
        var same = unsigned.KeepTimes();
        var latest = pipeline.Outcomes.Latest();
        var differing = latest.Where(o => !computed.Contains(o.Digest)).ToList();
        await output.WriteLineAsync($"{dropped} unsigned outcomes recomputed, {same} to the same bytes; {latest.Count} signed outcomes stand, {latest.Count - differing.Count} recomputed to the same bytes.");
        foreach (var outcome in differing)
        {
            await output.WriteLineAsync($"{outcome.Agreement} {outcome.Section} {outcome.Window}: {(outcome.LateFinding is null ? "not recomputed" : "a late finding differs")}");
        }

        return IngestCommand.Good;
    }
}
