using Sensor.Contracts;

namespace Sensor.Ingest.Windows;

/// <summary>
/// What a final window would come to with data that arrived or were revised since. It is unsigned and changes nothing: only a determination of the
/// parties lets such data count. The newest of a window takes the place of the one before.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Digest">The digest of the document that was computed.</param>
/// <param name="VerdictDigest">The same without its cut.</param>
/// <param name="Difference">What differs from the final outcome, as <c>waterwatch diff</c> writes it.</param>
/// <param name="FoundAt">When it was stored here; it bears on nothing.</param>
public sealed record LateFinding(Digest Digest, Digest VerdictDigest, string Difference, Instant FoundAt);
