using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>A moment from which the log went on behind a backup: what stood after that entry before is no part of it.</summary>
/// <param name="Time">When the backup was restored, by the clock of the machine.</param>
/// <param name="Log">The log as it was restored.</param>
internal sealed record RestoreNote(Instant Time, LogCheckpoint Log);

/// <summary>Every restore of an evidence log. They tell whoever holds a later root of the log before why the two differ.</summary>
internal sealed class RestoreNotes(ISqlDatabase database)
{
    public void Add(RestoreNote note) => database.Execute(
        "INSERT INTO restored(restored_at, size, root) VALUES($1, $2, $3)", note.Time.UnixMilliseconds, note.Log.Size, note.Log.Root.ToArray());

    public List<RestoreNote> All() => database.Query(
        "SELECT restored_at, size, root FROM restored ORDER BY id", row => new RestoreNote(row.Instant(0), new LogCheckpoint(row.GetInt64(1), row.Digest(2))));
}
