using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Rules;

/// <summary>What a rule may look at: one section and window, and through it the other sections and windows that the agreement names.</summary>
internal abstract class RuleScope
{
    public abstract Agreement Agreement { get; }

    public abstract AgreedSection Section { get; }

    public abstract Window Window { get; }

    /// <summary>Which mean decides.</summary>
    public abstract DecidingStatistic Statistic { get; }

    /// <summary>How much must have been measured.</summary>
    public abstract Completeness Minimum { get; }

    /// <summary>The means of an agreed parameter in this window.</summary>
    public abstract ParameterStatistics Statistics(string parameter);

    /// <summary>The amounts of an agreed parameter that count in this window, by day.</summary>
    public abstract DailyValues Values(string parameter);

    /// <summary>The plan that tells how many periods a whole window has: the agreement's, or that of a calendar year that is compared with.</summary>
    public virtual WindowPlan Plan => Agreement.Windows;

    /// <summary>Another agreed section or window. What it holds was measured, whatever is supposed of this one.</summary>
    public abstract RuleScope At(AgreedSection section, Window window);

    /// <summary>The calendar year before this window, with a minimum of months of its own.</summary>
    public abstract RuleScope AtYear(AgreedSection section, Window year, Stated<int> months);

    /// <summary>The months of this window, each by itself, with what is supposed of this window.</summary>
    public abstract IEnumerable<RuleScope> Months();

    /// <summary>The statements about this section and window that have a name, in whatever unit; see <see cref="StatedFact"/>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="unit">The unit that is wanted; an example states its facts in it.</param>
    public abstract IReadOnlyList<StatedFact> Facts(string name, string unit);

    /// <summary>The periods that must count of those that a parameter has in this window.</summary>
    public int MonthsNeeded(ParameterStatistics statistics) => Minimum.MonthsNeeded(Plan, statistics.Months.Count);

    /// <summary>The deciding means that exist.</summary>
    public IReadOnlyDictionary<string, ExactDecimal> Means(IEnumerable<string> parameters) => parameters
        .Where(p => Statistics(p).Mean(Statistic) is not null)
        .ToDictionary(p => p, p => Statistics(p).Mean(Statistic)!.Value, StringComparer.Ordinal);
}
