using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>How much must have been measured before a window can be decided, per parameter.</summary>
/// <remarks>No national minimum per day and month is known; these are settings of an agreement, never constants of the code.</remarks>
/// <param name="ValuesPerDay">Usable values that make a day count.</param>
/// <param name="DaysPerMonth">Counting days that make a month count.</param>
/// <param name="MonthsPerWindow">Counting months that make a whole window of the agreement's plan decidable.</param>
public sealed record Completeness(Stated<int> ValuesPerDay, Stated<DaysPerMonth> DaysPerMonth, Stated<int> MonthsPerWindow)
{
    /// <summary>
    /// Counting months that make a window decidable. A window that an amendment cut or took over from another plan needs its share,
    /// rounded up: minimum × its months ÷ the months of a whole window of the plan.
    /// </summary>
    internal int MonthsNeeded(WindowPlan plan, int monthsOfWindow) => ((MonthsPerWindow.Value * monthsOfWindow) + plan.Months - 1) / plan.Months;

    internal static Completeness Read(StrictObject json, WindowPlan plan, StatedReader stated) => new(
        stated.Whole(json, "valuesPerDay", 1, 1440),
        Agreements.DaysPerMonth.Read(json, stated),
        stated.Whole(json, "monthsPerWindow", 1, plan.Months));

    /// <summary>The minimum with what an alternative states in place of its own settings.</summary>
    internal Completeness ReadAlternative(StrictObject json, WindowPlan plan, StatedReader stated)
    {
        var alternative = new Completeness(
            json.Has("valuesPerDay") ? stated.Whole(json, "valuesPerDay", 1, 1440) : ValuesPerDay,
            json.Has("daysPerMonth") ? Agreements.DaysPerMonth.Read(json, stated) : DaysPerMonth,
            json.Has("monthsPerWindow") ? stated.Whole(json, "monthsPerWindow", 1, plan.Months) : MonthsPerWindow);
        if (json.MemberNames.Count == 0)
        {
            json.Problem("", "states nothing", "Give valuesPerDay, daysPerMonth or monthsPerWindow");
        }

        json.End();
        return alternative;
    }
}
