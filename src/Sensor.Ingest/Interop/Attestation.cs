namespace Sensor.Ingest.Interop;

/// <summary>What became of something imported, once it was durable.</summary>
/// <param name="Refusal">Why nothing was taken, for a person; null where it was.</param>
/// <param name="New">Readings of water of which nothing was said before.</param>
/// <param name="Revised">Readings that say something else than was last said of the same water.</param>
/// <param name="Repeated">Readings that say what was last said; they make no record.</param>
internal sealed record Attestation(string? Refusal, int New = 0, int Revised = 0, int Repeated = 0)
{
    public static Attestation operator +(Attestation left, Attestation right) =>
        new(left.Refusal ?? right.Refusal, left.New + right.New, left.Revised + right.Revised, left.Repeated + right.Repeated);
}
