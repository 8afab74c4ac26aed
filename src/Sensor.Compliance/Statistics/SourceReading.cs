namespace Sensor.Compliance.Statistics;

/// <summary>A usable value that a source offers; each parameter and moment at most one per source.</summary>
/// <param name="Rank">The place of the source in the agreement; the smaller is preferred.</param>
/// <param name="Reading">The value.</param>
/// <param name="Sample">The joint sample behind it; null for every other value.</param>
internal sealed record SourceReading(int Rank, UsableReading Reading, ResolvedSample? Sample)
{
    /// <summary>The observations that do not count because another source supplies the values.</summary>
    public IEnumerable<ExcludedReading> Exclude(string? determination) =>
        Observations.Select(o => new ExcludedReading(o, Reading.Day, ExclusionReason.OtherSource, determination));

    private IEnumerable<Observation> Observations => Sample is { } sample && sample.Sample.Mean == Reading
        ? [sample.Sample.First!.Observation, sample.Sample.Second!.Observation]
        : [Reading.Observation];
}
