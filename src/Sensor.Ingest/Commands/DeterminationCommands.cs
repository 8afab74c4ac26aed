using System.CommandLine;
using Sensor.Compliance.Agreements;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Signing;
using Sensor.Ingest.Windows;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>determination add and list. They work while the service runs.</summary>
internal static class DeterminationCommands
{
    public static Command Create() => new("determination", "Enters documents of determinations with the signatures of the parties, and shows them.") { Add(), List() };

    private static Command Add()
    {
        var config = IngestCommand.ConfigOption();
        var file = new Argument<string>("FILE") { Description = "The document, its bytes exactly as they were signed." };
        var signature = new Option<string[]>("--signature") { Description = "A detached signature that 'waterwatch sign' made; once for each party.", HelpName = "FILE.jws" };
        var by = new Option<string>("--by") { Description = "Who enters it.", DefaultValueFactory = _ => Environment.UserName };
        var command = new Command("add", "Enters a document, or further signatures of one. It takes effect when every party of the agreement has signed it.") { config, file, signature, by };
        command.SetAction(parsed =>
        {
            using var opened = Opened.From(parsed.GetRequiredValue(config));
            var path = parsed.GetRequiredValue(file);
            var signatures = (parsed.GetValue(signature) ?? []).Distinct(StringComparer.Ordinal).ToDictionary(s => s, File.ReadAllText, StringComparer.Ordinal);
            var (document, missing) = opened.Desk.Enter(path, File.ReadAllBytes(path), signatures, parsed.GetRequiredValue(by));
            parsed.InvocationConfiguration.Output.WriteLine(
                $"{document.Digest} {document.Agreement} version {document.Version}: {(missing.Count == 0 ? "in effect" : "waits for the signature of " + string.Join(", ", missing))}");
            return IngestCommand.Good;
        });
        return command;
    }

    private static Command List()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("list", "Prints every document: digest, agreement, version, and whether it is in effect or whose signature is missing.") { config };
        command.SetAction(parsed =>
        {
            using var opened = Opened.From(parsed.GetRequiredValue(config));
            foreach (var document in opened.Store.All())
            {
                parsed.InvocationConfiguration.Output.WriteLine($"{document.Document.Digest} {document.Document.Agreement} version {document.Document.Version}: {opened.State(document)}");
            }

            return IngestCommand.Good;
        });
        return command;
    }

    private sealed record Opened(DeterminationStore Store, IReadOnlyList<AgreementHistory> Agreements, DeterminationDesk Desk) : IDisposable
    {
        public static Opened From(string path)
        {
            var configuration = IngestConfigurationFile.Read(path);
            var agreements = AgreementFolder.Read(configuration.AgreementsDirectory);
            var store = DeterminationStore.Open(configuration.DataDirectory, TimeProvider.System);
            return new Opened(store, agreements, new DeterminationDesk(store, agreements, configuration.Parties));
        }

        public string State(SignedDeterminations signed) => Agreements.FirstOrDefault(a => a.Id == signed.Document.Agreement) is not { } agreement
            ? "its agreement is not evaluated here"
            : Desk.InEffect(agreement).Versions.Any(v => v.Digest == signed.Document.Digest) ? "in effect"
            : signed.Missing(agreement).ToList() is { Count: > 0 } missing ? "waits for the signature of " + string.Join(", ", missing)
            : "not in effect: another version of this number is, or a signature no longer holds";

        public void Dispose() => Store.Dispose();
    }
}
