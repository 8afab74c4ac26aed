using System.Diagnostics;

namespace Sensor.Ingest.Tests.Support;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Until
{
    public static Task True(Func<bool> condition, string what, int seconds = 30) => True(() => Task.FromResult(condition()), what, seconds);

    public static async Task True(Func<Task<bool>> condition, string what, int seconds = 30)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed.TotalSeconds < seconds, $"Waited {seconds} s in vain: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
