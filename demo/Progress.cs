using Spectre.Console;

namespace WaterWatch.Demo;

/// <summary>Shows how far each station has come, until something completes: bars on a terminal, a line now and then elsewhere.</summary>
internal static class Progress
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows the way until <paramref name="decided"/> completes, and passes on its failure.</summary>
    public static async Task ShowAsync(Deployment deployment, Task decided)
    {
        if (AnsiConsole.Profile.Capabilities.Interactive)
        {
            await AnsiConsole.Progress().HideCompleted(false).StartAsync(context => BarsAsync(context, deployment, decided));
        }
        else
        {
            await LinesAsync(deployment, decided);
        }

        await decided;
    }

    private static async Task BarsAsync(ProgressContext context, Deployment deployment, Task decided)
    {
        var bars = deployment.Stations.ToDictionary(s => s.Section.Station, s => context.AddTask(Markup.Escape(s.Section.Name)), StringComparer.Ordinal);
        using var pace = new PeriodicTimer(Redraw);
        do
        {
            foreach (var (section, snapshot) in deployment.Stations)
            {
                var bar = bars[section.Station];
                bar.MaxValue = section.Instants + 1;
                bar.Value = Math.Min(bar.MaxValue, Delivered(snapshot));
            }
        }
        while (!decided.IsCompleted && await pace.WaitForNextTickAsync());
    }

    private static async Task LinesAsync(Deployment deployment, Task decided)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(2));
        while (!decided.IsCompleted)
        {
            await Task.WhenAny(decided, pace.WaitForNextTickAsync().AsTask());
            var stations = deployment.Stations.ToArray();
            Console.Error.WriteLine($"{stations.Sum(s => Delivered(s.Snapshot))} of {stations.Sum(s => s.Section.Instants + 1)} records signed by {stations.Length} stations are durable at the ingest and receipted");
        }
    }

    private static long Delivered(Sensor.Edge.EdgeSnapshot snapshot) => snapshot.Appended - snapshot.Undelivered.Values.Max();
}
