using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>
/// The standing observations of an agreement, from which the evidence of any of its sections and of any window is taken, also of windows before the
/// period in force that a rule compares with. Not thread-safe: it remembers what it was asked for.
/// </summary>
internal sealed class EvidenceBook
{
    /// <summary>The calendar year before the first window begins less than this long before the period in force.</summary>
    private const int YearsBack = 2;

    private readonly Agreement _agreement;
    private readonly AssessmentInput _input;
    private readonly Dictionary<string, Dictionary<DateOnly, List<CurrentObservation>>> _bySection;
    private readonly ILookup<string, InvalidSpan> _spans;
    private readonly Dictionary<(string, Window), WindowEvidence> _evidence = [];

    public EvidenceBook(Agreement agreement, AssessmentInput input)
    {
        (_agreement, _input) = (agreement, input);
        var from = agreement.Offset.StartOf(agreement.InForceFrom.AddYears(-YearsBack));
        var to = agreement.Offset.StartOf(agreement.InForceTo.AddDays(1));
        var sampled = input.Observations.Where(o =>
            agreement.FindSection(o.Section) is not null && o.SampledTo >= from && o.SampledTo < to && (input.AsOf is not { } asOf || o.SampledTo <= asOf));
        _bySection = CurrentObservations.Of(sampled)
            .GroupBy(c => c.Standing.Section, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, ByDay, StringComparer.Ordinal);
        var checks = agreement.Data.Checks is null ? [] : input.Checks.Where(c => input.AsOf is not { } asOf || c.At <= asOf);
        _spans = InvalidSpan.Of(checks).ToLookup(s => s.Failed.Section, StringComparer.Ordinal);
    }

    /// <summary>The facts that the document of determinations states.</summary>
    public IReadOnlyList<StatedFact> Facts => _input.Determinations?.Facts ?? [];

    /// <summary>The sections at which something was sampled in a window.</summary>
    public IEnumerable<string> SectionsIn(Window window) => _bySection.Where(s => DaysOf(s.Value, window).Any()).Select(s => s.Key);

    /// <summary>What a section and window rest on; empty where nothing was sampled.</summary>
    public WindowEvidence Of(AgreedSection section, Window window)
    {
        if (!_evidence.TryGetValue((section.Section, window), out var evidence))
        {
            IReadOnlyList<CurrentObservation> current =
                [.. _bySection.TryGetValue(section.Section, out var days) ? DaysOf(days, window).SelectMany(d => days[d]) : []];
            var determinations = Touching(section, window);
            var selection = ReadingSelection.Of(_agreement, window, [.. current.Select(c => c.Standing)], [.. _spans[section.Section]], determinations);
            _evidence.Add((section.Section, window), evidence = new WindowEvidence(this, _agreement, section, window, current, selection, determinations));
        }

        return evidence;
    }

    private static IEnumerable<DateOnly> DaysOf(Dictionary<DateOnly, List<CurrentObservation>> days, Window window) =>
        Enumerable.Range(window.From.DayNumber, window.To.DayNumber - window.From.DayNumber).Select(DateOnly.FromDayNumber).Where(days.ContainsKey);

    private Dictionary<DateOnly, List<CurrentObservation>> ByDay(IEnumerable<CurrentObservation> ofSection) =>
        ofSection.GroupBy(c => _agreement.Offset.DayOf(c.Standing.SampledTo)).ToDictionary(d => d.Key, d => d.ToList());

    private IReadOnlyList<Determination> Touching(AgreedSection section, Window window) =>
        [.. (_input.Determinations?.All ?? []).Where(d => d.Section == section.Section && d.From < window.End && d.To > window.Start)];
}
