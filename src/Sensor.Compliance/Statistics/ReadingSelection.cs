using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>An observation that counts, as the amount it counts for.</summary>
/// <param name="Observation">The observation.</param>
/// <param name="Day">Its local day.</param>
/// <param name="Amount">Its amount; half of the detection limit where it is censored.</param>
/// <param name="Censored">Whether the amount stands for a value below detection.</param>
internal sealed record UsableReading(Observation Observation, DateOnly Day, ExactDecimal Amount, bool Censored)
{
    /// <summary>The digits of a trace: as measured where the amount is a measured one.</summary>
    public string Digits => Censored || Observation.Value is not { } measured ? Amount.ToString() : measured.ToString();
}

/// <summary>An observation that does not count.</summary>
/// <param name="Observation">The observation.</param>
/// <param name="Day">Its local day.</param>
/// <param name="Reason">Why.</param>
/// <param name="DeterminationId">The determination that excluded it, where one did.</param>
internal sealed record ExcludedReading(Observation Observation, DateOnly Day, ExclusionReason Reason, string? DeterminationId);

/// <summary>Divides the standing observations of one section and window into those that count and those that do not.</summary>
/// <param name="Usable">Those that count, in the order of their keys.</param>
/// <param name="Excluded">Those that do not, in the order of their keys.</param>
internal sealed record ReadingSelection(IReadOnlyList<UsableReading> Usable, IReadOnlyList<ExcludedReading> Excluded)
{
    private static readonly ExactDecimal OneHalf = new(5, 1);

    /// <summary>Which sources stood in for others; empty where the agreement names none.</summary>
    public IReadOnlyList<Substitution> Substitutions { get; init; } = [];

    /// <summary>The joint samples and what stood for each; empty where the agreement has none.</summary>
    public IReadOnlyList<ResolvedSample> Samples { get; init; } = [];

    /// <summary>What the demands on time did; null where the agreement has none.</summary>
    public TimeVerdict? Time { get; init; }

    /// <summary>What failed checks of instruments did; null where the agreement does not ask.</summary>
    public CheckVerdict? Checks { get; init; }

    /// <summary>What the agreed quality tests said; null where the agreement has none.</summary>
    public QualityVerdict? Quality { get; init; }

    /// <summary>Divides; observations of parameters that the agreement does not name are left out of both lists.</summary>
    public static ReadingSelection Of(Agreement agreement, Window window, IReadOnlyList<Observation> standing, IReadOnlyList<InvalidSpan> spans, IReadOnlyList<Determination> determinations)
    {
        var usable = new List<UsableReading>();
        var excluded = new List<ExcludedReading>();
        foreach (var observation in standing)
        {
            if (agreement.Parameters.FirstOrDefault(p => p.Code == observation.Parameter) is not { } parameter)
            {
                continue;
            }

            var day = agreement.Offset.DayOf(observation.SampledTo);
            var determination = determinations.FirstOrDefault(d => Concerns(d, observation));
            if ((determination is null ? Judge(agreement.Data, parameter, observation) : ExclusionReason.Determination) is { } reason)
            {
                excluded.Add(new ExcludedReading(observation, day, reason, determination?.Id));
                continue;
            }

            usable.Add(Amount(observation, day));
        }

        var time = agreement.Data.Time is { } demands ? TimeVerdict.Of(demands, window, usable, determinations) : null;
        foreach (var reason in time?.Readings.Where(r => r.ConfirmedBy is null).GroupBy(r => r.Reason, r => r.Observation) ?? [])
        {
            usable = Without(reason, reason.Key, usable, excluded);
        }

        var checks = agreement.Data.Checks is null ? null : CheckVerdict.Of(window, spans, usable, determinations);
        usable = Without(checks?.Readings.Where(r => r.ConfirmedBy is null).Select(r => r.Observation), ExclusionReason.FailedCheck, usable, excluded);
        var quality = agreement.Data.Quality is { } agreed ? QualityVerdict.Of(agreement, agreed, standing, usable, determinations) : null;
        usable = Without(quality?.Findings.Where(f => f.ConfirmedBy is null).Select(f => f.Observation), ExclusionReason.Quality, usable, excluded);
        var selection = agreement.Data.Sources is null
            ? Prefer(agreement.Data, usable, excluded)
            : SourceSelection.Of(agreement, window, usable, excluded, determinations);
        return selection with { Time = time, Checks = checks, Quality = quality };
    }

    /// <summary>What remains when some observations are excluded for a reason.</summary>
    private static List<UsableReading> Without(IEnumerable<Observation>? some, ExclusionReason reason, List<UsableReading> usable, List<ExcludedReading> excluded)
    {
        if (some?.ToHashSet(ReferenceEqualityComparer.Instance) is not { Count: > 0 } barred)
        {
            return usable;
        }

        excluded.AddRange(usable.Where(u => barred.Contains(u.Observation)).Select(u => new ExcludedReading(u.Observation, u.Day, reason, null)));
        return [.. usable.Where(u => !barred.Contains(u.Observation))];
    }

    private static bool Concerns(Determination d, Observation o) =>
        d.Kind == DeterminationKind.Exclude && d.Section == o.Section && d.Concerns(o.Parameter, o.SampledTo);

    private static ExclusionReason? Judge(DataRules data, AgreedParameter parameter, Observation o)
    {
        if (!data.Accepts(o.Series))
        {
            return ExclusionReason.OtherSeries;
        }

        if (!data.TrustIn(o.Series).Contains(o.Trust))
        {
            return ExclusionReason.Trust;
        }

        return JudgeFlag(data, o.Flag) ?? (o.Unit != parameter.Unit ? ExclusionReason.Unit : JudgeValue(data, parameter, o));
    }

    /// <summary>Whether an amount can enter a mean at all; 10^−pH of a wild number would fill the memory.</summary>
    public static bool IsPossible(AgreedParameter parameter, ExactDecimal amount) =>
        !parameter.IsPH || (amount.Sign >= 0 && amount <= ExactDecimal.From(14));

    /// <summary>Why a flag alone excludes an observation; null where it does not.</summary>
    public static ExclusionReason? JudgeFlag(DataRules data, string flag) => Flag.UseOf(flag) switch
    {
        FlagUse.Usable => null,
        FlagUse.BelowDetection when data.Flags == FlagProfile.NationalSurfaceWater => null,
        FlagUse.AboveRange => ExclusionReason.AboveRange,
        FlagUse.NoWater => ExclusionReason.NoWater,
        _ => ExclusionReason.Flag,
    };

    private static ExclusionReason? JudgeValue(DataRules data, AgreedParameter parameter, Observation o) => Flag.UseOf(o.Flag) != FlagUse.BelowDetection
        ? o.Value is not { } value ? ExclusionReason.NoValue
        : IsPossible(parameter, ExactDecimal.From(value)) ? null
        : ExclusionReason.Impossible
        : data.BelowDetection == BelowDetection.Exclude ? ExclusionReason.BelowDetection
        : o.DetectionLimit is null ? ExclusionReason.BelowUnknownLimit
        : null;

    private static UsableReading Amount(Observation o, DateOnly day) => Flag.UseOf(o.Flag) == FlagUse.BelowDetection
        ? new UsableReading(o, day, ExactDecimal.From(o.DetectionLimit!.Value) * OneHalf, Censored: true)
        : new UsableReading(o, day, ExactDecimal.From(o.Value!.Value), Censored: false);

    /// <summary>Of several series or instruments that gave one parameter at one moment, only the preferred one counts.</summary>
    public static ReadingSelection Prefer(DataRules data, IReadOnlyList<UsableReading> usable, List<ExcludedReading> excluded)
    {
        var preferred = usable
            .GroupBy(u => (u.Observation.Parameter, u.Observation.SampledTo))
            .Select(g => g.MinBy(u => u, Comparer<UsableReading>.Create((a, b) => ComparePreference(data, a.Observation, b.Observation)))!)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        excluded.AddRange(usable.Where(u => !preferred.Contains(u)).Select(u => new ExcludedReading(u.Observation, u.Day, ExclusionReason.NotPreferred, null)));
        return new ReadingSelection(
            [.. usable.Where(preferred.Contains).OrderBy(u => u.Observation.Key)],
            [.. excluded.OrderBy(e => e.Observation.Key)]);
    }

    private static int ComparePreference(DataRules data, Observation a, Observation b)
    {
        var order = data.PreferenceOf(a.Series).CompareTo(data.PreferenceOf(b.Series));
        order = order != 0 ? order : a.Trust.CompareTo(b.Trust);
        order = order != 0 ? order : string.CompareOrdinal(a.Series, b.Series);
        return order != 0 ? order : string.CompareOrdinal(a.Instrument, b.Instrument);
    }
}
