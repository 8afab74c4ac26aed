using Microsoft.Data.Sqlite;
using Sensor.Contracts;

namespace Sensor.Edge.Outbox;

/// <summary>A run as the outbox knows it.</summary>
/// <param name="Number">Its number in the outbox, from 1.</param>
/// <param name="Id">Its id on the wire.</param>
/// <param name="First">The position of its first record.</param>
/// <param name="Configuration">The configuration that was in force.</param>
/// <param name="Orderly">Whether it ended orderly.</param>
internal sealed record RunInfo(long Number, LifeId Id, long First, Digest Configuration, bool Orderly)
{
    public long PositionOf(long sequence) => First + sequence - 1;

    public static List<RunInfo> All(SqliteConnection connection) => connection.Rows(
        r => new RunInfo(r.GetInt64(0), new LifeId(r.Bytes(1)), r.GetInt64(2), new Digest(r.Bytes(3)), r.GetInt64(4) == 1),
        "SELECT number, id, first, configuration, orderly FROM run ORDER BY number");
}

/// <summary>The end of the chain.</summary>
/// <param name="Position">The position of the last record, 0 when there is none.</param>
/// <param name="Sequence">Its sequence in its run.</param>
/// <param name="Digest">Its digest.</param>
internal sealed record ChainEnd(long Position, long Sequence, Digest Digest)
{
    public static ChainEnd Of(SqliteConnection connection) => connection.Rows(
        r => new ChainEnd(r.GetInt64(0), r.GetInt64(1), new Digest(r.Bytes(2))),
        "SELECT position, sequence, digest FROM record ORDER BY position DESC LIMIT 1").SingleOrDefault() ?? new ChainEnd(0, 0, default);
}
