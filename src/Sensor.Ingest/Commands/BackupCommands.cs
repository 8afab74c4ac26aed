using System.CommandLine;
using Sensor.Ingest.Backups;
using Sensor.Ingest.Configuration;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>backup and restore.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var config = IngestCommand.ConfigOption();
        var to = new Option<string>("--to") { Description = "A folder that is new or empty.", Required = true, HelpName = "DIR" };
        var keys = new Option<bool>("--with-keys") { Description = "Copy the operator's private key too. Whoever has it can sign receipts and outcomes." };
        var command = new Command("backup", "Copies every store into a folder, with a manifest of their digests. The service may run meanwhile.") { config, to, keys };
        command.SetAction(parsed =>
        {
            var (configuration, folder) = (IngestConfigurationFile.Read(parsed.GetRequiredValue(config)), Path.GetFullPath(parsed.GetRequiredValue(to)));
            var manifest = StoreBackup.Make(configuration, folder, parsed.GetValue(keys), TimeProvider.System);
            parsed.InvocationConfiguration.Output.WriteLine($"size {manifest.Log.Size} root {manifest.Log.Root}");
            foreach (var note in BackupArchives.Notes(configuration, folder))
            {
                parsed.InvocationConfiguration.Error.WriteLine(note);
            }

            return IngestCommand.Good;
        });
        return command;
    }

    public static Command Restore()
    {
        var config = IngestCommand.ConfigOption();
        var from = new Option<string>("--from") { Description = "A folder that 'backup' made.", Required = true, HelpName = "DIR" };
        var without = new Option<bool>("--without-archive") { Description = "Restore although archive files that belong to the backup are missing." };
        var command = new Command("restore", "Checks a backup and puts it into the empty data directory. Stations then send again what it lacks.") { config, from, without };
        command.SetAction(parsed =>
        {
            var configuration = IngestConfigurationFile.Read(parsed.GetRequiredValue(config));
            var manifest = StoreRestore.Take(configuration, Path.GetFullPath(parsed.GetRequiredValue(from)), TimeProvider.System, parsed.GetValue(without));
            parsed.InvocationConfiguration.Output.WriteLine($"size {manifest.Log.Size} root {manifest.Log.Root}");
            if (!File.Exists(configuration.KeyFile))
            {
                parsed.InvocationConfiguration.Error.WriteLine($"{configuration.KeyFile} is not there and the backup has no key. Put the operator's key there before 'run': stations do not accept the receipts of a new one.");
            }

            return IngestCommand.Good;
        });
        return command;
    }
}
