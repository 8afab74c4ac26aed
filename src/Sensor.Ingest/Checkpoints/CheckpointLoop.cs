using System.Data.Common;

namespace Sensor.Ingest.Checkpoints;

/// <summary>Issues a checkpoint after news of the log, at most one a minute, beside the work of receiving: receipts do not wait for it.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CheckpointLoop : IAsyncDisposable
{
    /// <summary>The least time between two checkpoints.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly CheckpointDesk _desk;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly News _news = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public CheckpointLoop(CheckpointDesk desk, ILogger logger, TimeProvider time)
    {
        (_desk, _logger, _time) = (desk, logger, time);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Says that the log may have grown.</summary>
    public void Note() => _news.Note();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _news.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await _news.WaitAsync(_stop.Token);
                Issue();
                await Task.Delay(Pause, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the next start issues what is due.
        }
    }

    private void Issue()
    {
        try
        {
            _desk.Issue();
        }
        catch (Exception e) when (e is IOException or DbException or InvalidOperationException or FormatException)
        {
            _logger.LogError("No checkpoint of the evidence log could be issued; the next try comes in {Seconds} s: {Message}", Pause.TotalSeconds, e.Message);
            Note();
        }
    }
}
