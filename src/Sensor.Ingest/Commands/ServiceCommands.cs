using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Console;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Commands;

/// <summary>run, check and key.</summary>
internal static class ServiceCommands
{
    public static Command Run()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("run", "Runs the service until it is told to stop.") { config };
        command.SetAction(parsed => UntilToldToStopAsync(async stop =>
        {
            var configuration = IngestConfigurationFile.Read(parsed.GetRequiredValue(config));
            await using var host = IngestHost.CreateService(configuration, Log);
            await host.StartAsync(stop);
            await host.WaitForShutdownAsync(stop);
        }));
        return command;
    }

    public static Command Work()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("work", "Runs one more worker beside the service, on this machine or another, until it is told to stop: it takes its share of what stations send and makes it durable.") { config };
        command.SetAction(parsed => UntilToldToStopAsync(async stop =>
        {
            await using var worker = new WorkerHost(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)), Log, TimeProvider.System);
            await worker.RunAsync(stop);
        }));
        return command;
    }

    public static Command Check()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("check", "Reads the configuration and the agreements, reports every mistake, and opens nothing.") { config };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(config);
            var configuration = IngestConfigurationFile.Read(path);
            var agreements = AgreementFolder.Read(configuration.AgreementsDirectory);
            parsed.InvocationConfiguration.Output.WriteLine($"{path} is in order; {agreements.Count} {(agreements.Count == 1 ? "agreement" : "agreements")}.");
            return IngestCommand.Good;
        });
        return command;
    }

    public static Command Key()
    {
        var config = IngestCommand.ConfigOption();
        var command = new Command("key", "Prints the operator's public key, with which stations check receipts; makes the key on first use.") { config };
        command.SetAction(parsed =>
        {
            using var key = SigningKey.LoadOrCreate(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)).KeyFile);
            parsed.InvocationConfiguration.Output.Write(key.Public.Pem);
            parsed.InvocationConfiguration.Error.WriteLine($"fingerprint {key.Public.Id}");
            return IngestCommand.Good;
        });
        return command;
    }

    /// <summary>Runs in order to the end also where SIGTERM comes while the stores are still being opened: the host listens to it only once it has started.</summary>
    private static async Task<int> UntilToldToStopAsync(Func<CancellationToken, Task> run)
    {
        using var told = new CancellationTokenSource();
        using var early = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            told.Cancel();
        });
        try
        {
            await run(told.Token);
        }
        catch (OperationCanceledException) when (told.IsCancellationRequested)
        {
            // Told to stop before it had started.
        }

        return IngestCommand.Good;
    }

    private static void Log(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });

        // Standard output is for data.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // A start that failed is told by the command line itself, without its stack.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
