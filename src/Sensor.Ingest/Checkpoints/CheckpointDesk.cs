using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Checkpoints;

/// <summary>
/// Signs checkpoints of the log. A checkpoint is of evidence that is durable, extends the one before, and is durable itself before anybody sees it:
/// so no crash can lead to two of one size with different roots. Where the evidence does not extend what was published, another log begins.
/// </summary>
/// <remarks>Thread-safe; another process may work on the same store.</remarks>
internal sealed class CheckpointDesk(IngestConfiguration configuration, ISigner key, CheckpointStore store, ISqlDatabase evidence, ILogger logger, TimeProvider time)
{
    private readonly Lock _issuing = new();

    /// <summary>The tree of the log.</summary>
    public LogTree Tree { get; } = new(evidence, new SubtreeStore(store.Tables));

    /// <summary>The latest checkpoint; null before the first.</summary>
    public SignedCheckpoint? Latest => store.Logs() is [.., var log] ? store.Latest(log) : null;

    /// <summary>The checkpoint of the log at a size; null where none was published.</summary>
    public SignedCheckpoint? At(long size) => store.Logs() is [.., var log] ? store.Find(log, size) : null;

    /// <summary>Every log of this operator, the last one that which goes on.</summary>
    public IReadOnlyList<(LogOrigin Origin, SignedCheckpoint? Latest)> Logs() => [.. store.Logs().Select(log => (OriginOf(log), store.Latest(log)))];

    /// <summary>The checkpoint of the evidence as it is now: the one that is there, or one that is durable when this returns.</summary>
    /// <exception cref="IOException">The evidence contradicts itself.</exception>
    public SignedCheckpoint Issue()
    {
        lock (_issuing)
        {
            try
            {
                return store.Tables.Transaction(IssueWithin);
            }
            catch
            {
                Tree.Reload();
                throw;
            }
        }
    }

    private SignedCheckpoint IssueWithin()
    {
        // Read inside the transaction: what another process published before is of evidence that is then seen here.
        var now = FrontierStore.CheckpointOf(evidence);
        Tree.Fit(now);
        var log = Standing(now);
        if (store.Find(log, now.Size) is { } published)
        {
            return published;
        }

        var note = SignedCheckpoint.Sign(new Checkpoint(OriginOf(log), now.Size, now.Root) { Continues = log.Continues }, key);
        store.Put(log, note);
        return note;
    }

    private OpenedLog Standing(LogCheckpoint now)
    {
        var restores = new RestoreNotes(evidence).All().Count;
        return store.Logs() is [.., var log] ? log.Restores == restores && Extends(store.Latest(log), now) ? log : Successor(log, now, restores) : Begin(restores, null);
    }

    private bool Extends(SignedCheckpoint? published, LogCheckpoint now) =>
        published is not { Checkpoint: var before } || (before.Size <= now.Size && Tree.RootAt(before.Size) == before.Root);

    private OpenedLog Successor(OpenedLog log, LogCheckpoint now, long restores)
    {
        var sizes = store.Sizes(log);
        var (held, end) = (0, sizes.Count);
        while (held < end)
        {
            // What is held of a log is its beginning.
            var middle = (held + end) / 2;
            (held, end) = Extends(store.Find(log, sizes[middle]), now) ? (middle + 1, end) : (held, middle);
        }

        var continues = held == 0 ? new ContinuedLog(log.Id, 0, Digest.Of([])) : new ContinuedLog(log.Id, sizes[held - 1], Tree.RootAt(sizes[held - 1]));
        logger.LogWarning("The evidence was put back behind what was published of log {Log}: another log begins and continues it from {Size} records", log.Id, continues.Size);
        return Begin(restores, continues);
    }

    private OpenedLog Begin(long restores, ContinuedLog? continues) => store.Begin(LifeId.Create(), restores, continues, Instant.From(time.GetUtcNow()));

    private LogOrigin OriginOf(OpenedLog log) => new(configuration.Deployment, configuration.Operator, log.Id);
}
