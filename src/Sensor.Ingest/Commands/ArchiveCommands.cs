using System.CommandLine;
using Sensor.Contracts;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Configuration;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>archive: writes old entries of the evidence into sealed files, verifies such files, and frees the room of what they hold.</summary>
internal static class ArchiveCommands
{
    public static Command Create()
    {
        var config = IngestCommand.ConfigOption();
        var before = new Option<string>("--before") { Description = "Entries received before this moment, such as 2026-01-01T00:00:00+08:00.", Required = true, HelpName = "T" };
        var to = new Option<string>("--to") { Description = "The folder of the files; later runs add to it.", Required = true, HelpName = "DIR" };
        var remove = new Option<bool>("--remove") { Description = "Remove the bytes of these entries from the evidence file once they are verified in the archive. Stop the service for it." };
        var command = new Command("archive", "Seals the oldest entries of the evidence in files and verifies them. The service may run meanwhile, but not with --remove.") { config, before, to, remove, Verify() };
        command.SetAction(parsed =>
        {
            var moment = Instant.TryParse(parsed.GetRequiredValue(before), out var instant)
                ? instant
                : throw new ArgumentException($"--before: '{parsed.GetRequiredValue(before)}' is no moment. Write it with its offset, such as 2026-01-01T00:00:00+08:00.");
            Make(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)), moment, Path.GetFullPath(parsed.GetRequiredValue(to)), parsed.GetValue(remove), parsed.InvocationConfiguration.Output);
            return IngestCommand.Good;
        });
        return command;
    }

    private static void Make(IngestConfiguration configuration, Instant before, string folder, bool remove, TextWriter output)
    {
        using var archive = new StoreArchive(configuration, folder, remove);
        var entries = 0L;
        foreach (var manifest in archive.Run(before))
        {
            entries += manifest.Count;
            output.WriteLine($"{manifest.File} entries {manifest.First} to {manifest.Next - 1} root {manifest.Root}{(remove ? " removed" : "")}");
        }

        output.WriteLine($"{entries} entries {(remove ? "moved" : "archived")}{(archive.StoppedBefore is { } later ? $"; {later} is of an earlier run and holds later entries too: it was not looked at" : "")}");
    }

    private static Command Verify()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder of archive files." };
        var command = new Command("verify", "Recomputes SHA-256, leaves and roots of every archive file of a folder. Needs no configuration.") { folder };
        command.SetAction(parsed => Verify(Path.GetFullPath(parsed.GetRequiredValue(folder)), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Verify(string folder, TextWriter output, TextWriter error)
    {
        var lines = ArchiveVerification.Of(folder).ToList();
        if (lines.Count == 0)
        {
            error.WriteLine($"{folder} holds no archive: no evidence-*.json is in it. Give a folder that 'archive' wrote.");
            return IngestCommand.BadInput;
        }

        lines.ForEach(line => (line.Holds ? output : error).WriteLine(line.Words));
        return lines.All(line => line.Holds) ? IngestCommand.Good : IngestCommand.Failed;
    }
}
