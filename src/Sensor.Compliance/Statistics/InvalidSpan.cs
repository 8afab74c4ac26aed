using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>
/// The time in which an instrument was not known to be right: from the last good check of the kind, or passed calibration, before a failed one,
/// to the next. What was sampled at the moment of the last good check is still valid, at the moment of the next one not yet.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Failed">The first failed check in it.</param>
/// <param name="LastGood">The last good one before; null where there is none: then nothing before is known to be right.</param>
/// <param name="NextGood">The next good one after; null where there is none yet.</param>
public sealed record InvalidSpan(InstrumentCheck Failed, InstrumentCheck? LastGood, InstrumentCheck? NextGood)
{
    /// <summary>The spans of some checks, in the order of section, series, instrument, parameter, kind and time.</summary>
    /// <param name="checks">The checks in any order.</param>
    public static IReadOnlyList<InvalidSpan> Of(IEnumerable<InstrumentCheck> checks) =>
    [
        .. checks.GroupBy(c => (c.Section, c.Series, c.Instrument, c.Parameter))
            .OrderBy(g => g.Key.Section, StringComparer.Ordinal).ThenBy(g => g.Key.Series, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Instrument, StringComparer.Ordinal).ThenBy(g => g.Key.Parameter, StringComparer.Ordinal)
            .SelectMany(OfParameter),
    ];

    /// <summary>The checks that decide where it begins and ends.</summary>
    public IEnumerable<InstrumentCheck> Checks => new[] { LastGood, Failed, NextGood }.OfType<InstrumentCheck>();

    /// <summary>Whether it has a moment in common with the time from one moment to just before another.</summary>
    public bool Touches(Instant from, Instant to) => (LastGood is null || LastGood.At < to) && (NextGood is null || NextGood.At >= from);

    /// <summary>Whether an observation was made by this instrument in it.</summary>
    public bool Covers(Observation o) =>
        o.Section == Failed.Section && o.Series == Failed.Series && o.Instrument == Failed.Instrument && o.Parameter == Failed.Parameter
        && (LastGood is null || o.SampledTo > LastGood.At) && (NextGood is null || o.SampledTo <= NextGood.At);

    private static IEnumerable<InvalidSpan> OfParameter(IEnumerable<InstrumentCheck> checks)
    {
        // Of several at one moment the failed ones come first: a calibration that repairs what a check of the same moment found ends the span.
        var ordered = checks.OrderBy(c => c.At).ThenBy(c => c.Passed).ThenBy(c => c.Kind, StringComparer.Ordinal).ToList();
        return ordered.Where(c => !c.Passed).Select(c => c.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(kind => OfKind([.. ordered.Where(c => c.Kind == kind || (c.Passed && c.Kind == InstrumentCheck.Calibration))]));
    }

    private static IEnumerable<InvalidSpan> OfKind(List<InstrumentCheck> checks)
    {
        InstrumentCheck? good = null, failed = null;
        foreach (var check in checks)
        {
            if (!check.Passed)
            {
                failed ??= check;
                continue;
            }

            if (failed is not null)
            {
                yield return new InvalidSpan(failed, good, check);
            }

            (good, failed) = (check, null);
        }

        if (failed is not null)
        {
            yield return new InvalidSpan(failed, good, null);
        }
    }
}
