using System.CommandLine;
using Sensor.Contracts.Documents;
using Sensor.Edge;
using Sensor.Ingest;

namespace WaterWatch.Demo;

/// <summary>The main job on recorded data, from the readings to signed outcomes.</summary>
internal static class Program
{
    private const int Decided = 0;
    private const int BadInput = 2;
    private const int NotInTime = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static Task<int> Main(string[] arguments) => DemoOptions.Command(RunAsync).Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });

    private static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellation)
    {
        // The command line takes Ctrl+C over only when this first gives way.
        await Task.Yield();
        var work = Directory.CreateTempSubdirectory("waterwatch-demo-");
        try
        {
            return await RunAsync(options, work.FullName, cancellation);
        }
        catch (PortTakenException e)
        {
            await Console.Error.WriteLineAsync(
                $"Port {e.Port} is taken, perhaps by another demo. Choose another with {(e.Setting.StartsWith("http", StringComparison.Ordinal) ? "--port" : "--mqtt-port")}; "
                + "a second demo needs both of its own, such as --port 8081 --mqtt-port 1884.");
            return BadInput;
        }
        catch (Exception e) when (e is FormatException or DocumentException or EdgeException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return BadInput;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(DemoOptions options, string work, CancellationToken cancellation)
    {
        var sections = RecordedSection.ReadFolder(options.Data?.FullName ?? Path.Combine(AppContext.BaseDirectory, "data"), work);
        await using var deployment = await Deployment.StartAsync(options, sections, work, cancellation);
        if (!await DecideAsync(deployment, cancellation))
        {
            await Console.Error.WriteLineAsync($"Not everything was decided within {Patience.TotalMinutes} minutes.");
            return NotInTime;
        }

        var outcomes = deployment.Outcomes;
        if (options.Json is { } json)
        {
            OutcomeFiles.Write(json, outcomes, deployment.OperatorKey);
        }

        OutcomeTable.Print(outcomes, sections.ToDictionary(s => s.Section, s => s.Name, StringComparer.Ordinal));
        Console.WriteLine($"Signed records in the evidence log: {deployment.Evidence}. Windows decided and signed: {outcomes.Count}.");
        if (options.Json is not null)
        {
            Console.WriteLine($"Outcomes: {options.Json.FullName}. Signatures and the operator's public key: {OutcomeFiles.SignaturesOf(options.Json)}.");
        }

        if (!options.Once)
        {
            Console.WriteLine($"The page is at {deployment.Page}; Ctrl+C ends the demo.");
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Decided;
    }

    private static async Task<bool> DecideAsync(Deployment deployment, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await Progress.ShowAsync(deployment, deployment.DecideAsync(patience.Token));
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
