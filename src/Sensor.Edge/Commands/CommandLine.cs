using System.CommandLine;
using System.CommandLine.Invocation;
using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;
using Sensor.Edge.Remote;

namespace Sensor.Edge.Commands;

/// <summary>The commands of waterwatch-edge. Data go to stdout, messages to stderr.</summary>
internal static class CommandLine
{
    private const string ExitText = "Exit codes: 0 done, 1 unexpected fault, 2 mistakes in the command line or configuration, 3 the key, 4 the outbox, 5 an instrument or something else was found wrong.";

    /// <summary>How long an orderly stop may take after a signal.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var config = new Option<string>("--config") { Description = "The station's configuration file; docs/station.md describes it.", Required = true };
        var untilDelivered = new Option<bool>("--until-delivered") { Description = "Exit with 0 when every replay has ended and every operator has receipted every record." };
        var to = new Option<string>("--to") { Description = "The file to write, such as one on a stick.", Required = true, HelpName = "FILE" };
        var operatorId = new Option<string?>("--operator") { Description = "Only the records that this operator has not receipted." };
        var instrument = new Option<string?>("--instrument") { Description = "Only this instrument." };
        var (calibrate, maintenance) = (new CalibrateCommand(), new MaintenanceCommand());
        var root = new RootCommand("WaterWatch station: reads instruments, signs what they say, keeps it until every operator has receipted it. " + ExitText)
        {
            Make("run", "Run the station until it is told to stop.", config, (parsed, configuration, cancellation) => RunCommand.RunAsync(() => StationConfiguration.Load(parsed.GetRequiredValue(config)), parsed.GetValue(untilDelivered), cancellation), untilDelivered),
            Make("check", "Check the configuration and every file it names, without network or hardware.", config, (_, configuration, _) => Task.FromResult(Checked(configuration))),
            Make("doctor", "Look at clock, key, storage, supply, broker, buses and instruments; say what is wrong and how to mend it.", config, (_, configuration, cancellation) => DoctorCommand.RunAsync(configuration, cancellation)),
            Make("read", "Read the instruments once and print what they say; nothing is signed or kept.", config, (parsed, configuration, cancellation) => ReadCommand.RunAsync(configuration, parsed.GetValue(instrument), cancellation), instrument),
            Make("calibrate", "Let the running station sign a calibration or check: standards, readings before and after, who, and whether it passed.", config, calibrate.RunAsync, calibrate.Options),
            Make("maintenance", "Let the running station sign that maintenance begins or ends.", config, maintenance.RunAsync, maintenance.Options),
            Make("enroll", "Make the station's key where there is none and print what operators need.", config, (_, configuration, _) => Task.FromResult(EnrollCommand.Run(configuration))),
            Make("export", "Write the signed records to a file for a site without network; changes nothing here.", config, (parsed, configuration, _) => Task.FromResult(ExportCommand.Run(configuration, parsed.GetRequiredValue(to), parsed.GetValue(operatorId))), to, operatorId),
            Make("status", "Print from the outbox what is signed and what is delivered, as JSON.", config, (_, configuration, _) => Task.FromResult(StatusCommand.Run(configuration))),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', parsed.Errors.Select(e => e.Message))).ConfigureAwait(false);
            await Console.Error.WriteLineAsync("'waterwatch-edge --help' lists the commands, 'waterwatch-edge COMMAND --help' what a command takes.").ConfigureAwait(false);
            return ExitCodes.Mistakes;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopWithin, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
    }

    private static Command Make(string name, string description, Option<string> config, Func<ParseResult, StationConfiguration, CancellationToken, Task<int>> run, params Option[] others)
    {
        var command = new Command(name, $"{description} {ExitText}") { config };
        foreach (var other in others)
        {
            command.Options.Add(other);
        }

        command.SetAction((parsed, cancellation) => GuardedAsync(async () =>
        {
            // System.CommandLine listens to SIGTERM only once the action has given control back; without this a station told to end while it starts would die.
            await Task.Yield();
            return await run(parsed, Loaded(name, parsed.GetRequiredValue(config)), cancellation).ConfigureAwait(false);
        }));
        return command;
    }

    /// <summary><c>check</c> is about the file; the others are about the station as it runs.</summary>
    private static StationConfiguration Loaded(string command, string file) =>
        StationConfiguration.Load(file) is var own && command == "check" ? own : RemoteConfiguration.InForce(own);

    private static async Task<int> GuardedAsync(Func<Task<int>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (DocumentException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.Mistakes;
        }
        catch (EdgeException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Done;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(e.ToString()).ConfigureAwait(false);
            return ExitCodes.Unexpected;
        }
    }

    private static int Checked(StationConfiguration configuration)
    {
        Console.Error.WriteLine($"Station {configuration.Station} of deployment {configuration.Deployment}: the configuration is in order.");
        return ExitCodes.Done;
    }
}
