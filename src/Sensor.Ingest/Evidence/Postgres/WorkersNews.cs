using System.Data.Common;
using Sensor.Contracts;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>
/// Hears what workers stored, on a session and a thread of its own, and makes sure that one service alone publishes the receipts and decides:
/// two would overwrite each other's retained receipts.
/// </summary>
internal sealed class WorkersNews : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly HashSet<(string Station, LifeId Run)> _touched = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly PostgresDatabase _session;
    private readonly Action<AppendResult> _heard;
    private readonly ILogger _logger;
    private Task _loop = Task.CompletedTask;

    /// <param name="connection">The connection string of <see cref="PostgresSettings"/>.</param>
    /// <param name="heard">Called with the standing of runs that workers touched.</param>
    /// <param name="logger">Says when the server is away.</param>
    /// <exception cref="IOException">Another service of this database is running.</exception>
    public WorkersNews(string connection, Action<AppendResult> heard, ILogger logger)
    {
        (_heard, _logger) = (heard, logger);
        _session = PostgresDatabase.Open(connection, listen: TouchedRuns.Channel, heard: said => _touched.UnionWith(TouchedRuns.Read(said)));
        if (!AdvisoryLocks.TryHold(_session, AdvisoryLocks.Service))
        {
            _session.Dispose();
            throw new IOException($"{_session.Place}: another 'waterwatch-ingest run' serves this database. Stop it, or start this one as a worker: 'waterwatch-ingest work'.");
        }
    }

    public void Start() => _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        _stop.Cancel();
        _loop.Wait();
        _session.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        var lost = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                lost = lost && !Regain();
                _session.WaitForNews(Look);
                Tell();
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException)
            {
                _logger.LogWarning("What workers store is not heard: {Message} Trying again; stations send again what is not receipted", e.Message);
                lost = true;
                _stop.Token.WaitHandle.WaitOne(Pause);
            }
        }
    }

    // The lock went with the session.
    private bool Regain()
    {
        var regained = AdvisoryLocks.TryHold(_session, AdvisoryLocks.Service);
        if (!regained)
        {
            _logger.LogError("Another 'waterwatch-ingest run' serves this database by now; stop one of the two, their receipts overwrite each other");
        }

        return regained;
    }

    private void Tell()
    {
        // More may be heard while the answers to the questions are read.
        var touched = _touched.ToList();
        if (touched.Count > 0)
        {
            var standing = _session.Together(() => StandingOf(touched));
            _touched.ExceptWith(touched);
            _heard(standing);
        }
    }

    private AppendResult StandingOf(List<(string Station, LifeId Run)> touched)
    {
        var ledger = new RunLedger(_session);
        return new AppendResult([], [], [.. touched.Select(run => ledger.Standing(run.Station, run.Run))], FrontierStore.CheckpointOf(_session))
        {
            Owed = ledger.Owed(touched),
        };
    }
}
