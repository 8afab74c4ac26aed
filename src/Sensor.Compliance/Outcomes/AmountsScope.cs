using Sensor.Compliance.Agreements;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Outcomes;

/// <summary>Amounts of one section and window alone, as a rule sees them that looks at nothing but means.</summary>
internal sealed class AmountsScope(
    Agreement agreement, AgreedSection section, Window window, IReadOnlyDictionary<string, DailyValues> values) : RuleScope
{
    private readonly Dictionary<string, ParameterStatistics> _statistics = agreement.Parameters.ToDictionary(
        p => p.Code, p => ParameterStatistics.Of(p, values[p.Code], window, agreement.Completeness), StringComparer.Ordinal);

    public override Agreement Agreement => agreement;

    public override AgreedSection Section => section;

    public override Window Window => window;

    public override DecidingStatistic Statistic => agreement.Statistic.Value;

    public override Completeness Minimum => agreement.Completeness;

    public override ParameterStatistics Statistics(string parameter) => _statistics[parameter];

    public override DailyValues Values(string parameter) => values[parameter];

    public override RuleScope At(AgreedSection other, Window then) =>
        throw new InvalidOperationException("Only the amounts of one section and window are here.");

    public override IEnumerable<RuleScope> Months() => [At(section, window)];

    public override RuleScope AtYear(AgreedSection other, Window year, Stated<int> months) => At(other, year);

    public override IReadOnlyList<StatedFact> Facts(string name, string unit) => [];
}
