using Sensor.Compliance.Agreements;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Amounts of a window, measured or supposed, as a rule sees them under a statistic and minimums. Not thread-safe.</summary>
internal sealed class EvidenceScope(
    WindowEvidence evidence, IReadOnlyDictionary<string, DailyValues> values, DecidingStatistic statistic, Completeness minimum, WindowPlan? plan = null, Window? part = null) : RuleScope
{
    private readonly Dictionary<string, ParameterStatistics> _statistics = new(StringComparer.Ordinal);

    public override Agreement Agreement => evidence.Agreement;

    public override AgreedSection Section => evidence.Section;

    public override Window Window => part ?? evidence.Window;

    public override DecidingStatistic Statistic => statistic;

    public override Completeness Minimum => minimum;

    public override DailyValues Values(string parameter) => values[parameter];

    public override ParameterStatistics Statistics(string parameter)
    {
        if (!_statistics.TryGetValue(parameter, out var statistics))
        {
            _statistics.Add(parameter, statistics = ParameterStatistics.Of(Agreement.ParameterOf(parameter), values[parameter], Window, minimum));
        }

        return statistics;
    }

    public override WindowPlan Plan => plan ?? Agreement.Windows;

    public override RuleScope AtYear(AgreedSection section, Window year, Stated<int> months)
    {
        var other = evidence.Book.Of(section, year);
        return new EvidenceScope(other, other.Usable, statistic, minimum with { MonthsPerWindow = months }, WindowPlan.CalendarYears);
    }

    public override IEnumerable<RuleScope> Months() => Window.Months().Select(m => new EvidenceScope(evidence, values, statistic, minimum, plan, m));

    public override RuleScope At(AgreedSection section, Window window)
    {
        var other = evidence.Book.Of(section, window);
        return other == evidence && part is null ? this : new EvidenceScope(other, other.Usable, statistic, minimum);
    }

    public override IReadOnlyList<StatedFact> Facts(string name, string unit) =>
        [.. evidence.Book.Facts.Where(f => f.Name == name && f.Covers(Section.Section, Window))];
}
