using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Settlement;

/// <summary>How the outcomes of an agreement become money between its parties.</summary>
/// <param name="Period">The settle period, as long as a window or longer: outcomes may be computed by month and cleared by year.</param>
/// <param name="Pool">The money that is put together and divided; null where parties only pay each other what outcomes say.</param>
public sealed record SettlementRule(WindowPlan Period, Pool? Pool)
{
    /// <summary>Parts of a pool are cut to hundredths of the currency.</summary>
    internal const int MoneyDecimals = 2;

    internal static SettlementRule Read(StrictObject? json, AgreementContext context, WindowPlan windows)
    {
        if (json is null)
        {
            return new SettlementRule(windows, null);
        }

        var rule = new SettlementRule(
            json.OptionalChild("period") is { } period ? WindowPlan.Read(period) : windows,
            json.OptionalChild("pool") is { } pool ? Pool.Read(pool, context) : null);
        if (rule.Period.Kind is WindowKind.Week or WindowKind.Season && rule.Period != windows)
        {
            json.Problem("period", "is a week or season, but windows are not", "Settle by month, quarter or year");
        }

        if (rule.Period.Months < windows.Months)
        {
            json.Problem("period", "is shorter than a window", "Settle over a window or longer");
        }

        json.End();
        return rule;
    }
}
