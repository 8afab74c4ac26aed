using System.Diagnostics;

namespace Sensor.Edge.Tests.Support;

/// <summary>Waits for what must happen, and fails by name when it does not.</summary>
internal static class Wait
{
    public static async Task Until(Func<bool> condition, string what, int seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(seconds), $"within {seconds} s: {what}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<T> For<T>(Task<T> task, string what, int seconds = 30)
    {
        await Until(() => task.IsCompleted, what, seconds);
        return await task;
    }
}
