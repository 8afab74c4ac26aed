using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>What the evidence holds of a run, as a receipt states it.</summary>
/// <param name="Station">The station.</param>
/// <param name="Run">The run.</param>
/// <param name="Through">Every sequence from 1 to this one is held or closed.</param>
/// <param name="Beyond">The ranges beyond, all of them.</param>
/// <param name="ThroughDigest">The digest of record <paramref name="Through"/>; null where there is none.</param>
internal sealed record RunStanding(string Station, LifeId Run, long Through, IReadOnlyList<SequenceRange> Beyond, Digest? ThroughDigest)
{
    /// <summary>The later of two standings of one run: a run only ever grows.</summary>
    public static RunStanding Later(RunStanding one, RunStanding other) => one.Held > other.Held ? one : other;

    private long Held => Through + Beyond.Sum(range => range.Last - range.First + 1);
}

/// <summary>The size of the evidence log and its Merkle root at that size.</summary>
/// <param name="Size">The number of entries.</param>
/// <param name="Root">The root.</param>
internal sealed record LogCheckpoint(long Size, Digest Root)
{
    /// <summary>The later of two checkpoints: the log only ever grows.</summary>
    public static LogCheckpoint Later(LogCheckpoint one, LogCheckpoint other) => one.Size > other.Size ? one : other;
}
