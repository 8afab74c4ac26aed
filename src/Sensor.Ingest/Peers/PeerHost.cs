using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Peers;

/// <summary>What comparing with another operator needs of this one.</summary>
/// <param name="Covered">What is held here of a run.</param>
/// <param name="IsKnown">Whether a station is enrolled here.</param>
/// <param name="Take">Takes envelopes as if a station had sent them; its task ends when they are durable.</param>
internal sealed record PeerHost(Func<string, LifeId, SequenceSet> Covered, Func<string, bool> IsKnown, Func<IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task> Take);
