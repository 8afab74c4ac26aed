using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Explanations;

/// <summary>A window of an <see cref="Example"/>: every day complete, every fact 1.</summary>
internal sealed class ExampleScope(Agreement agreement, AgreedSection section, Window window, Example example, bool isHere) : RuleScope
{
    public override Agreement Agreement => agreement;

    public override AgreedSection Section => section;

    public override Window Window => window;

    public override DecidingStatistic Statistic => agreement.Statistic.Value;

    public override Completeness Minimum => agreement.Completeness;

    public override ParameterStatistics Statistics(string parameter) =>
        ParameterStatistics.Of(agreement.ParameterOf(parameter), Values(parameter), window, Minimum);

    public override DailyValues Values(string parameter)
    {
        var amounts = isHere ? example.Here : example.Elsewhere;
        return amounts.TryGetValue(parameter, out var amount)
            ? DailyValues.None.Filled(window.From, window.To, Minimum.ValuesPerDay.Value, amount)
            : DailyValues.None;
    }

    public override RuleScope At(AgreedSection other, Window otherWindow) =>
        other == section && otherWindow == window ? this : new ExampleScope(agreement, other, otherWindow, example, isHere: false);

    public override IEnumerable<RuleScope> Months() => window.Months().Select(m => new ExampleScope(agreement, section, m, example, isHere));

    public override RuleScope AtYear(AgreedSection other, Window year, Stated<int> months) => new ExampleScope(agreement, other, year, example, isHere: false);

    public override IReadOnlyList<StatedFact> Facts(string name, string unit) =>
        [new StatedFact("example", name, null, window.Start, window.End, ExactDecimal.One, unit, "", [])];
}
