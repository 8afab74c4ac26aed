using Sensor.Compliance.Cuts;
using System.CommandLine;
using Sensor.Compliance.Agreements;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Samples;
using Sensor.Ingest.Signing;
using Sensor.Ingest.Windows;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>sample import, list and compare. They work while the service runs.</summary>
internal static class SampleCommands
{
    public static Command Create() => new("sample", "Enters the laboratories' results of joint samples, and compares the halves.") { Import(), List(), Compare() };

    private static Command Import()
    {
        var config = IngestCommand.ConfigOption();
        var file = new Argument<string>("FILE") { Description = "CSV as 'waterwatch assess' reads it; the column source names the laboratory." };
        var reason = new Option<string?>("--reason") { Description = "Why results that were entered before are superseded.", HelpName = "TEXT" };
        var by = new Option<string>("--by") { Description = "Who enters it.", DefaultValueFactory = _ => Environment.UserName };
        var command = new Command("import", "Enters a file of results. A result that was stated otherwise before needs a reason; both are kept.") { config, file, reason, by };
        command.SetAction(parsed =>
        {
            var configuration = IngestConfigurationFile.Read(parsed.GetRequiredValue(config));
            using var store = SampleStore.Open(configuration.DataDirectory, TimeProvider.System);
            var path = parsed.GetRequiredValue(file);
            var desk = new SampleDesk(store, AgreementFolder.Read(configuration.AgreementsDirectory), TimeProvider.System);
            var entry = desk.Enter(path, File.ReadAllBytes(path), parsed.GetValue(reason), parsed.GetRequiredValue(by));
            parsed.InvocationConfiguration.Output.WriteLine($"{entry.Digest} new {entry.New}, revised {entry.Revised}, here already {entry.Repeated}");
            return IngestCommand.Good;
        });
        return command;
    }

    private static Command List()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("list", "Prints every file in the order of entering: digest, when, by whom, results, and the reason where one was given.") { config };
        command.SetAction(parsed =>
        {
            using var store = SampleStore.Open(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)).DataDirectory, TimeProvider.System);
            foreach (var entered in store.All())
            {
                parsed.InvocationConfiguration.Output.WriteLine($"{entered.Digest} {entered.RecordedAt} {entered.RecordedBy}: {entered.Lines.Count} results{(entered.Reason is { } reason ? ", because " + reason : "")}");
            }

            return IngestCommand.Good;
        });
        return command;
    }

    private static Command Compare()
    {
        var config = IngestCommand.ConfigOption();
        var only = new Option<string?>("--agreement") { Description = "The agreement; all by default.", HelpName = "ID" };
        var command = new Command("compare", "Prints for each sample and parameter both halves, their difference, the tolerance, whether the reserve has to be opened, and what counts; one JSON object a line.") { config, only };
        command.SetAction(parsed =>
        {
            var configuration = IngestConfigurationFile.Read(parsed.GetRequiredValue(config));
            var agreements = AgreementFolder.Read(configuration.AgreementsDirectory);
            using var store = SampleStore.Open(configuration.DataDirectory, TimeProvider.System);
            using var determinations = DeterminationStore.Open(configuration.DataDirectory, TimeProvider.System);
            var comparison = new SampleComparison(new WindowSamples(store.All().Select(s => s.InCut)), new DeterminationDesk(determinations, agreements, configuration.Parties).InEffect);
            foreach (var line in Chosen(agreements, parsed.GetValue(only)).SelectMany(comparison.Of))
            {
                parsed.InvocationConfiguration.Output.WriteLine(line);
            }

            return IngestCommand.Good;
        });
        return command;
    }

    private static IReadOnlyList<AgreementHistory> Chosen(IReadOnlyList<AgreementHistory> agreements, string? id) => id is null ? agreements
        : agreements.FirstOrDefault(a => a.Id == id) is { } one ? [one]
        : throw new ArgumentException($"--agreement {id} is not evaluated here. Give one of {string.Join(", ", agreements.Select(a => a.Id))}.");
}
