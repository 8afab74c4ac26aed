using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Commands;

/// <summary>The command line <c>waterwatch-ingest</c>: data goes to standard output, messages to standard error.</summary>
internal static class IngestCommand
{
    /// <summary>Done.</summary>
    public const int Good = 0;

    /// <summary>It could not be done: a port is taken, a file cannot be written.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the configuration or an input has mistakes.</summary>
    public const int BadInput = 2;

    /// <summary>Runs one command line and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Hears stations, keeps signed evidence, answers with receipts and issues signed outcomes.\nExit codes: 0 done, 1 could not be done, 2 mistakes in the input.")
        {
            ServiceCommands.Run(),
            ServiceCommands.Work(),
            ServiceCommands.Check(),
            ServiceCommands.Key(),
            StationCommands.Create(),
            DeterminationCommands.Create(),
            SampleCommands.Create(),
            CommandCommands.Create(),
            ImportCommand.Create(),
            RebuildCommand.Create(),
            CsvCommands.Create(),
            ArchiveCommands.Create(),
            BundleCommand.Create(),
            BackupCommands.Backup(),
            BackupCommands.Restore(),
        };
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            await error.WriteLineAsync(string.Join('\n', parsed.Errors.Select(e => e.Message)) + "\n'waterwatch-ingest --help' lists the commands.");
            return BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e) when (e is DocumentException or ArgumentException)
        {
            await error.WriteLineAsync(e.Message);
            return BadInput;
        }
        catch (Exception e) when (e is PortTakenException or IOException or InvalidDataException or UnauthorizedAccessException or DbException or System.Security.Cryptography.CryptographicException)
        {
            await error.WriteLineAsync(e.Message);
            return Failed;
        }
    }

    /// <summary>The option that names the configuration.</summary>
    public static Option<string> ConfigOption() => new("--config") { Description = "The configuration file.", Required = true, HelpName = "FILE" };
}
