using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Checkpoints;

/// <summary>An evidence log and its checkpoints in a folder of their own.</summary>
internal sealed class CheckpointedLog : IDisposable
{
    public static readonly SigningKey Key = SigningKey.Create();

    private readonly TestStation _station = new("ST-1");
    private readonly Func<ISqlDatabase, ISqlDatabase> _wrap;
    private EvidenceLog _log = null!;
    private Database _reading = null!;
    private CheckpointStore _store = null!;

    public CheckpointedLog(string folder, Func<ISqlDatabase, ISqlDatabase>? wrap = null)
    {
        (Folder, _wrap) = (folder, wrap ?? (database => database));
        Open();
    }

    public string Folder { get; }

    public CheckpointDesk Desk { get; private set; } = null!;

    public CheckpointStore Store => _store;

    public LogCheckpoint Log => _log.Checkpoint;

    public static string NewFolder() => Directory.CreateTempSubdirectory("waterwatch-checkpoints-").FullName;

    public CheckpointedLog Append(int records)
    {
        _log.Append([.. Enumerable.Range(0, records).Select(_ => EvidenceArrivals.Of(_station.Next()))]);
        return this;
    }

    public Checkpoint Issue() => Desk.Issue().Checkpoint;

    /// <summary>Ends the processes, does something to the files and begins again.</summary>
    public void Restart(Action? meanwhile = null)
    {
        Close();
        meanwhile?.Invoke();
        Open();
    }

    public void NoteRestore() => new RestoreNotes(Writing()).Add(new RestoreNote(new Instant(0), Log));

    /// <summary>Every checkpoint of every log that is kept.</summary>
    public IReadOnlyList<SignedCheckpoint> Published() => [.. from log in _store.Logs() from size in _store.Sizes(log) select _store.Find(log, size)!];

    public Digest RootAt(long size) => TestIngest.RootOf(TestIngest.DigestsOf(_reading).Take((int)size));

    public void Dispose()
    {
        Close();
        _station.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private Database Writing() => Database.OpenForWriting(EvidenceLog.PathIn(Folder), EvidenceSchema.Versions);

    private void Open()
    {
        _log = EvidenceLog.Open(Folder, TimeProvider.System);
        _reading = Database.OpenForReading(EvidenceLog.PathIn(Folder));
        _store = new CheckpointStore(_wrap(Database.OpenForWriting(Path.Combine(Folder, CheckpointStore.FileName), CheckpointStore.Schema)));
        Desk = new CheckpointDesk(Configuration(Folder), Key, _store, _reading, NullLogger.Instance, TimeProvider.System);
    }

    private void Close()
    {
        _store.Dispose();
        _reading.Dispose();
        _log.Dispose();
    }

    private static IngestConfiguration Configuration(string folder) => new() { Deployment = "test", Operator = "anhui", DataDirectory = folder, KeyFile = "", Mqtt = new HostedBroker() };
}
