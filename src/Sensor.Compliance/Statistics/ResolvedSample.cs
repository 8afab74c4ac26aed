using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>A joint sample and what stands for it.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Value">The value that stands for it; null where nothing does.</param>
/// <param name="Excluded">The results that do not enter that value.</param>
/// <param name="DeterminationId">The determination that accepted it, where one did.</param>
internal sealed record ResolvedSample(JointSample Sample, UsableReading? Value, IReadOnlyList<ExcludedReading> Excluded, string? DeterminationId)
{
    /// <summary>Whether only the analysis of the reserve can still give a value.</summary>
    public bool NeedsReserve => Value is null && Sample.Within == false && Sample.Source.Joint!.Reserve is not null;

    /// <summary>Within the tolerance the mean; else what a determination accepts; else the reserve, where both halves are there.</summary>
    public static ResolvedSample Of(JointSample sample, IEnumerable<Determination> determinations)
    {
        if (sample.Within == true)
        {
            return Mean(sample, null);
        }

        if (determinations.FirstOrDefault(d => Accepts(d, sample)) is { } accepted)
        {
            return accepted.Use == JointSampling.Mean ? Mean(sample, accepted.Id) : Only(sample, sample.ResultOf(accepted.Use), ExclusionReason.Determination, accepted.Id);
        }

        return sample.Within is null
            ? Only(sample, null, ExclusionReason.HalfMissing, null)
            : Only(sample, sample.Reserve, ExclusionReason.HalvesDiffer, null);
    }

    private static bool Accepts(Determination d, JointSample sample) =>
        d.Kind == DeterminationKind.AcceptSample && d.Concerns(sample.Parameter.Code, sample.Moment)
        && (d.Use == JointSampling.Mean ? sample.Mean : sample.ResultOf(d.Use)) is not null;

    private static ResolvedSample Mean(JointSample sample, string? determination) => new(
        sample,
        sample.Mean,
        [.. sample.Present.Where(r => r == sample.Reserve).Select(r => new ExcludedReading(r.Observation, r.Day, ExclusionReason.ReserveNotNeeded, null))],
        determination);

    /// <summary>One of the results stands for the sample, or none; the others are excluded.</summary>
    private static ResolvedSample Only(JointSample sample, UsableReading? value, ExclusionReason reason, string? determination) => new(
        sample,
        value,
        [.. sample.Present.Where(r => r != value).Select(r => new ExcludedReading(r.Observation, r.Day, reason, determination))],
        determination);
}
