using System.Diagnostics;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>Waits for a condition of another process, which no fake clock can reach.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> probe, string expectation, Func<string> diagnosis)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (clock.Elapsed < Limit)
        {
            if (await probe() is { } found)
            {
                return found;
            }

            await pace.WaitForNextTickAsync();
        }

        throw new TimeoutException($"{expectation}: not within {Limit}.\n{diagnosis()}");
    }
}
