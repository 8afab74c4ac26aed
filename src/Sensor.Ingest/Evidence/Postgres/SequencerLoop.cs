using System.Data.Common;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>Stands for sequencer as long as it lives and does the work while it is one. Every worker has this loop, so that the lock finds another holder.</summary>
internal sealed class SequencerLoop : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly string _connection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Begins to stand.</summary>
    public SequencerLoop(string connection, TimeProvider time, ILogger logger)
    {
        (_connection, _time, _logger) = (connection, time, logger);
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _loop.Wait();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Stand();
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                _logger.LogWarning("The sequencer stopped: {Message} Standing again", e.Message);
            }

            _stop.Token.WaitHandle.WaitOne(Pause);
        }
    }

    private void Stand()
    {
        using var sequencer = new Sequencer(_connection, _time);
        while (!_stop.IsCancellationRequested && !sequencer.TryBegin(_logger))
        {
            _stop.Token.WaitHandle.WaitOne(Pause);
        }

        while (!_stop.IsCancellationRequested)
        {
            if (sequencer.Pass() is null)
            {
                sequencer.WaitForNews(Pause);
            }
        }
    }
}
