using Sensor.Contracts.Evidence;

namespace Sensor.Audit;

/// <summary>A saved checkpoint beside a later one.</summary>
internal static class CheckpointPair
{
    /// <summary>Whether the log of the first is the beginning of that of the second, and why.</summary>
    public static (bool Holds, string Words) Judge(Checkpoint saved, Checkpoint to, ConsistencyProof? proof)
    {
        if (saved.Origin != to.Origin && (to.Continues is not { } before || before.Log != saved.Origin.Log || saved.Origin with { Log = to.Origin.Log } != to.Origin))
        {
            return (false, $"{to.Origin} is another log than {saved.Origin} and does not say that it continues it");
        }

        if (saved.Origin != to.Origin && to.Continues!.Size < saved.Size)
        {
            return (false, $"put-back: {to.Origin} continues {saved.Origin} from {to.Continues.Size} records; the {saved.Size - to.Continues.Size} that the saved checkpoint counts beyond are no part of it");
        }

        return saved.Size > to.Size ? (false, $"the later checkpoint has {to.Size} records, the saved one {saved.Size}; give the saved one first")
            : saved.Size == to.Size ? (saved.Root == to.Root, saved.Root == to.Root ? $"both have {to.Size} records and the root {to.Root}" : $"two-roots: {saved.Root} and {to.Root} at {to.Size} records, both signed")
            : proof is null ? throw new BadInputException($"the checkpoints have {saved.Size} and {to.Size} records: give with --proof what the ingest answers to /api/v1/evidence/consistency?from={saved.Size}&to={to.Size}")
            : proof.Holds(saved with { Origin = to.Origin }, to) ? (true, $"the {saved.Size} records of the saved checkpoint are the first of the {to.Size} of {to.Origin}")
            : (false, $"the proof does not lead from {saved.Size} records with the root {saved.Root} to {to.Size} with the root {to.Root}");
    }
}
