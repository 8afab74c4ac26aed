using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>
/// Where evidence is kept: what enrolled keys signed, append-only, with dense indexes and a Merkle tree over them. When <see cref="Append"/>
/// returns, everything it took has its index and survives a loss of power; only then may a receipt speak of it.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal interface IEvidenceStore : IDisposable
{
    /// <summary>The log as it is durable.</summary>
    LogCheckpoint Checkpoint { get; }

    /// <summary>Takes arrivals; what is there already, by digest, is told apart and changes nothing.</summary>
    /// <returns>What became of each, and the standing of every run that was touched.</returns>
    AppendResult Append(IReadOnlyList<Arrival> arrivals);

    /// <summary>Examines again what waited for keys and lands it.</summary>
    /// <param name="keyIds">The keys that are known by now.</param>
    /// <param name="examine">Examines an envelope as if it had just come on a topic.</param>
    AppendResult TakeUpPending(IReadOnlySet<Digest> keyIds, Func<string, ReadOnlyMemory<byte>, Arrival> examine);
}
