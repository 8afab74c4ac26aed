using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Commands;

/// <summary>Hands an event to the running station and waits until it is signed.</summary>
internal static class RequestCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(StationConfiguration configuration, StationEvent wanted, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(RequestDesk.FolderOf(configuration)).FullName;
        var name = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(name + ".partial", EventRequest.Write(wanted), cancellation).ConfigureAwait(false);
        File.Move(name + ".partial", name + RequestDesk.Waiting);
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pace)
        {
            if (File.Exists(name + RequestDesk.Signed))
            {
                await Console.Error.WriteLineAsync($"{wanted.Type} by {wanted.Actor} is signed.").ConfigureAwait(false);
                return ExitCodes.Done;
            }

            if (File.Exists(name + RequestDesk.Refused))
            {
                await Console.Error.WriteLineAsync(await File.ReadAllTextAsync(name + RequestDesk.Refused, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
                return ExitCodes.Mistakes;
            }

            await Task.Delay(Pace, cancellation).ConfigureAwait(false);
        }

        return Withdraw(name + RequestDesk.Waiting);
    }

    /// <summary>What was not signed now must not be signed next week.</summary>
    private static int Withdraw(string file)
    {
        File.Delete(file);
        Console.Error.WriteLine($"The station did not take the request within {Patience.TotalSeconds} s, so it was withdrawn. Is the station running, with this configuration?");
        return ExitCodes.Findings;
    }
}
