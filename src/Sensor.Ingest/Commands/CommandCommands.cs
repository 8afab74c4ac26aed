using System.CommandLine;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Commanding;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>command send and list. They work while the service runs, which publishes what was signed.</summary>
internal static class CommandCommands
{
    public static Command Create() => new("command", "Signs orders to stations and shows what became of them.") { Send(), List() };

    private static Command Send()
    {
        var config = IngestCommand.ConfigOption();
        var station = new Option<string>("--station") { Description = "The station's id.", Required = true };
        var name = new Option<string>("--name") { Description = "What is ordered: sample, cadence, maintenance, resend, log, configuration-offer, configuration-apply (docs/station.md).", Required = true };
        var argument = new Option<string[]>("--argument") { Description = "An argument as NAME=VALUE; once for each.", HelpName = "NAME=VALUE" };
        var document = new Option<string?>("--document") { Description = "The configuration that is offered; its digest becomes the argument digest.", HelpName = "FILE" };
        var by = new Option<string>("--by") { Description = "Who orders it.", DefaultValueFactory = _ => Environment.UserName };
        var command = new Command("send", "Signs an order with the operator's key. The running service publishes it until the station has answered.") { config, station, name, argument, document, by };
        command.SetAction(parsed =>
        {
            var configuration = IngestConfigurationFile.Read(parsed.GetRequiredValue(config));
            var bytes = parsed.GetValue(document) is { } file ? File.ReadAllBytes(file) : null;
            var arguments = Arguments(parsed.GetValue(argument) ?? [], bytes);
            using var key = SigningKey.LoadOrCreate(configuration.KeyFile);
            using var store = CommandStore.Open(configuration.DataDirectory, TimeProvider.System);
            var sent = store.Add(
                (sequence, now) => new Contracts.Command
                {
                    Deployment = configuration.Deployment, Station = parsed.GetRequiredValue(station), Operator = configuration.Operator, Sequence = sequence, Issued = now, Name = parsed.GetRequiredValue(name), Arguments = arguments,
                },
                parsed.GetRequiredValue(station), bytes, key, parsed.GetRequiredValue(by), EvidenceSize(configuration));
            parsed.InvocationConfiguration.Output.WriteLine($"{sent.Station} {sent.Sequence}");
            return IngestCommand.Good;
        });
        return command;
    }

    private static Command List()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("list", "Prints every order: station, number, what, by whom, and whether it waits, was obeyed, or why it was refused.") { config };
        command.SetAction(parsed =>
        {
            using var store = CommandStore.Open(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)).DataDirectory, TimeProvider.System);
            foreach (var sent in store.All())
            {
                parsed.InvocationConfiguration.Output.WriteLine(sent.ToString());
            }

            return IngestCommand.Good;
        });
        return command;
    }

    private static CommandArgument[] Arguments(string[] given, byte[]? document)
    {
        var arguments = given.Select(text => text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } value] ? new CommandArgument(name, value) : throw new ArgumentException($"--argument '{text}' is not NAME=VALUE."));
        var all = document is null ? arguments : arguments.Append(new CommandArgument("digest", Digest.Of(document).ToString()));
        return [.. all.OrderBy(a => a.Name, StringComparer.Ordinal)];
    }

    private static long EvidenceSize(IngestConfiguration configuration)
    {
        using var evidence = EvidenceStores.TryOpenForReading(configuration);
        return evidence?.Number("SELECT size FROM log") ?? 0;
    }
}
