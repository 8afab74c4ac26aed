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

    /// <summary>Readings that were due and that nobody has, not even as missing.</summary>
    Lost,
}

/// <summary>How many of the observations of a parameter in a window are flagged, or of the readings due are lost, against the limit of the agreement.</summary>
/// <param name="Kind">What is counted.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Flagged">The observations that carry such a flag, or the readings that are lost.</param>
/// <param name="Observations">All standing observations, with or without number, of series and trust that the agreement accepts; for losses all readings due.</param>
/// <param name="Limit">The most that there may be, in per cent.</param>
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
            .Select(p => Of(agreement, window, l.Kind, p, l.Limit, current, confirming)))];
    }

    private static FlagShare Of(
        Agreement agreement, Window window, FlagShareKind kind, AgreedParameter parameter, ExactDecimal limit, IReadOnlyList<CurrentObservation> current, List<Determination> confirming)
    {
        var data = agreement.Data;
        var accepted = current.Select(c => c.Standing)
            .Where(o => o.Parameter == parameter.Code && data.Accepts(o.Series) && data.TrustIn(o.Series).Contains(o.Trust)).ToList();
        var (flagged, all) = kind == FlagShareKind.Lost
            ? Lost(agreement, window, accepted)
            : (accepted.Count(o => kind == FlagShareKind.Maintenance ? o.Flag is "M" or "C" : ReadingSelection.JudgeFlag(data, o.Flag) is not null), accepted.Count);
        return new FlagShare(kind, parameter, flagged, all, limit, IsAbove(flagged, all, limit) ? [.. confirming.Where(d => d.IsAbout(parameter.Code))] : []);
    }

    /// <summary>Readings of one moment are one, and a day has no more than are due: a day with many does not make up for one with none.</summary>
    private static (int Lost, int Due) Lost(Agreement agreement, Window window, List<Observation> accepted)
    {
        var perDay = agreement.Limits!.ReadingsPerDay!.Value;
        var due = perDay * (window.To.DayNumber - window.From.DayNumber);
        var there = accepted.GroupBy(o => agreement.Offset.DayOf(o.SampledTo)).Sum(day => int.Min(perDay, day.Select(o => o.SampledTo).Distinct().Count()));
        return (due - there, due);
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

        if (agreement.Limits?.LossPercent is { } lost)
        {
            yield return (FlagShareKind.Lost, lost.Value);
        }
    }
}
