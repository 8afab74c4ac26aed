using System.CommandLine;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Interop;
using Sensor.Ingest.Registry;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>station enroll, revoke, list and pending. They work while the service runs.</summary>
internal static class StationCommands
{
    public static Command Create() => new("station", "Enters stations and their keys into the registry and shows it.") { Enroll(), Revoke(), List(), Pending() };

    private static Command Enroll()
    {
        var config = IngestCommand.ConfigOption();
        var station = new Option<string>("--station") { Description = "The station's id.", Required = true };
        var section = new Option<string>("--section") { Description = "The section at which it stands.", Required = true };
        var key = new Option<string?>("--key") { Description = "The PEM file of its public key.", HelpName = "FILE" };
        var fingerprint = new Option<string?>("--fingerprint") { Description = "The fingerprint of a pending key, as the station shows it." };
        var from = new Option<string?>("--from") { Description = "From when on it stands there (ISO 8601 with offset); for as long as it has existed by default." };
        var by = new Option<string>("--by") { Description = "Who enters it.", DefaultValueFactory = _ => Environment.UserName };
        var trust = new Option<string>("--trust") { Description = "device: the station signs. attested: this operator signs what it imports of it; without --key its import key is made.", DefaultValueFactory = _ => "device" };
        trust.AcceptOnlyFromAmong("device", "attested");
        var command = new Command("enroll", "Enters a station, its section and its key.") { config, station, section, key, fingerprint, trust, from, by };
        command.SetAction(parsed =>
        {
            var configuration = IngestConfigurationFile.Read(parsed.GetRequiredValue(config));
            var moment = parsed.GetValue(from) is { } text ? ParseMoment(text) : (Instant?)null;
            var attested = parsed.GetValue(trust) == "attested";
            var imports = attested && parsed.GetValue(key) is null && parsed.GetValue(fingerprint) is null;
            using var found = imports ? ImportKeys.PublicOf(configuration.DataDirectory, parsed.GetRequiredValue(station)) : FindKey(configuration, parsed.GetValue(key), parsed.GetValue(fingerprint));
            using var store = RegistryStore.Open(configuration, TimeProvider.System);
            store.Enroll(parsed.GetRequiredValue(station), parsed.GetRequiredValue(section), found, moment, parsed.GetRequiredValue(by), attested ? Trust.Attested : Trust.Device);
            parsed.InvocationConfiguration.Output.WriteLine($"{parsed.GetValue(station)} stands at {parsed.GetValue(section)} with the key {found.Id}");
            return IngestCommand.Good;
        });
        return command;
    }

    private static Command Revoke()
    {
        var config = IngestCommand.ConfigOption();
        var fingerprint = new Option<string>("--fingerprint") { Description = "The fingerprint of the key.", Required = true };
        var by = new Option<string>("--by") { Description = "Who revokes it.", DefaultValueFactory = _ => Environment.UserName };
        var command = new Command("revoke", "Refuses what newly arrives under a key from now on; what it signed before stays.") { config, fingerprint, by };
        command.SetAction(parsed =>
        {
            using var store = RegistryStore.Open(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)), TimeProvider.System);
            var id = ParseFingerprint(parsed.GetRequiredValue(fingerprint));
            store.Revoke(id, Instant.From(TimeProvider.System.GetUtcNow()), parsed.GetRequiredValue(by));
            parsed.InvocationConfiguration.Output.WriteLine($"{id} is revoked");
            return IngestCommand.Good;
        });
        return command;
    }

    private static Command List()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("list", "Prints the registry in its canonical form, and its digest.") { config };
        command.SetAction(parsed =>
        {
            using var store = RegistryStore.Open(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)), TimeProvider.System);
            var registry = store.Load();
            parsed.InvocationConfiguration.Output.Write(registry.Text);
            parsed.InvocationConfiguration.Error.WriteLine($"digest {registry.Digest}");
            return IngestCommand.Good;
        });
        return command;
    }

    private static Command Pending()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("pending", "Prints the keys that wait for enrolment: fingerprint, station as claimed, records kept.") { config };
        command.SetAction(parsed =>
        {
            var configuration = IngestConfigurationFile.Read(parsed.GetRequiredValue(config));
            foreach (var (keyId, station, records) in PendingKeys.Of(configuration))
            {
                parsed.InvocationConfiguration.Output.WriteLine($"{keyId} {station} {records}");
            }

            return IngestCommand.Good;
        });
        return command;
    }

    private static PublicKey FindKey(IngestConfiguration configuration, string? file, string? fingerprint) => (file, fingerprint) switch
    {
        ({ } path, null) => PublicKey.FromPem(File.ReadAllText(path)),
        (null, { } text) => PendingKeys.Recover(configuration, ParseFingerprint(text))
            ?? throw new ArgumentException($"No record of the key {text} is pending; 'station pending' lists those that are. Give the public key with --key."),
        _ => throw new ArgumentException("Give exactly one of --key FILE and --fingerprint HEX."),
    };

    private static Digest ParseFingerprint(string text) => Digest.TryParse(text, out var digest)
        ? digest
        : throw new ArgumentException($"'{text}' is not a fingerprint of 64 hexadecimal digits.");

    private static Instant ParseMoment(string text) => Instant.TryParse(text, out var moment)
        ? moment
        : throw new ArgumentException($"--from '{text}' is not an ISO 8601 time with offset such as 2020-05-08T00:00:00+08:00.");
}
