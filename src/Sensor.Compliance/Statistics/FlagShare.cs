using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Statistics;

/// <summary>Which flags a limit counts.</summary>
internal enum FlagShareKind
{
    /// <summary>Maintenance (M) and calibration (C).</summary>
    Maintenance,

    /// <summary>Every flag that excludes an observation under the agreement.</summary>
    Flagged,
}

/// <summary>How many of the observations of a parameter in a window are flagged, against the limit of the agreement.</summary>
/// <param name="Kind">Which flags are counted.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Flagged">The observations that carry one of them.</param>
/// <param name="Observations">All standing observations, with or without number, of series and trust that the agreement accepts.</param>
/// <param name="Limit">The most that may be flagged, in per cent.</param>
/// <param name="Confirming">The determinations that confirm the window although the limit is exceeded.</param>
internal sealed record FlagShare(
    FlagShareKind Kind, AgreedParameter Parameter, int Flagged, int Observations, ExactDecimal Limit, IReadOnlyList<Determination> Confirming)
{
    private static readonly ExactDecimal Hundred = ExactDecimal.From(100);

    /// <summary>The share in per cent; null where nothing was observed.</summary>
    public ExactDecimal? Percent => Observations == 0 ? null : ExactDecimal.Quotient(ExactDecimal.From(Flagged) * Hundred, ExactDecimal.From(Observations));

    /// <summary>Whether it is above the limit; a share that equals the limit is not. Exact, nothing is divided.</summary>
    public bool Exceeds => IsAbove(Flagged, Observations, Limit);

    /// <summary>Whether nobody has confirmed the window although it is above the limit.</summary>
    public bool Blocks => Exceeds && Confirming.Count == 0;

    private static bool IsAbove(int flagged, int observations, ExactDecimal limit) => ExactDecimal.From(flagged) * Hundred > limit * ExactDecimal.From(observations);

    /// <summary>The shares of every deciding parameter; none where the agreement limits nothing.</summary>
    public static IReadOnlyList<FlagShare> Of(
        Agreement agreement, Window window, IReadOnlyList<CurrentObservation> current, IReadOnlyList<Determination> determinations)
    {
        var confirming = determinations.Where(d => d.Kind == DeterminationKind.Confirm && d.Covers(window)).ToList();
        return [.. Limits(agreement).SelectMany(l => agreement.Parameters.Where(p => agreement.Rule.Parameters.Contains(p.Code))
            .Select(p => Of(agreement.Data, l.Kind, p, l.Limit, current, confirming)))];
    }

    private static FlagShare Of(
        DataRules data, FlagShareKind kind, AgreedParameter parameter, ExactDecimal limit, IReadOnlyList<CurrentObservation> current, List<Determination> confirming)
    {
        var accepted = current.Select(c => c.Standing)
            .Where(o => o.Parameter == parameter.Code && data.Accepts(o.Series) && data.TrustIn(o.Series).Contains(o.Trust)).ToList();
        var flagged = accepted.Count(o => kind == FlagShareKind.Maintenance ? o.Flag is "M" or "C" : ReadingSelection.JudgeFlag(data, o.Flag) is not null);
        return new FlagShare(
            kind, parameter, flagged, accepted.Count, limit, IsAbove(flagged, accepted.Count, limit) ? [.. confirming.Where(d => d.IsAbout(parameter.Code))] : []);
    }

    private static IEnumerable<(FlagShareKind Kind, ExactDecimal Limit)> Limits(Agreement agreement)
    {
        if (agreement.Limits?.MaintenancePercent is { } maintenance)
        {
            yield return (FlagShareKind.Maintenance, maintenance.Value);
        }

        if (agreement.Limits?.FlaggedPercent is { } flagged)
        {
            yield return (FlagShareKind.Flagged, flagged.Value);
        }
    }
}
