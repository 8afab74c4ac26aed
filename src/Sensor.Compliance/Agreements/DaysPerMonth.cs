using System.Globalization;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A minimum of days in a month, as a count or as a share of the days of that month.</summary>
/// <param name="Value">Days from 1 to 31, or per cent from 1 to 100.</param>
/// <param name="IsPercent">Whether <paramref name="Value"/> is a share.</param>
public readonly record struct DaysPerMonth(int Value, bool IsPercent)
{
    /// <summary>The days needed in a month of so many days; a share is rounded up, a count never asks for more days than there are.</summary>
    public int Needed(int daysOfMonth) => IsPercent ? ((Value * daysOfMonth) + 99) / 100 : int.Min(Value, daysOfMonth);

    /// <summary>Such as <c>1 day</c> or <c>60 %</c>.</summary>
    public override string ToString() =>
        Value.ToString(CultureInfo.InvariantCulture) + (IsPercent ? " %" : Value == 1 ? " day" : " days");

    internal string ToStringZh() => Value.ToString(CultureInfo.InvariantCulture) + (IsPercent ? "%" : "天");

    internal JsonObject ToJson() => new() { { "value", Value }, { "unit", IsPercent ? "percent" : "days" } };

    internal static Stated<DaysPerMonth> Read(StrictObject parent, StatedReader stated)
    {
        var json = parent.Child("daysPerMonth");
        var isPercent = json.Word("unit", ["days", "percent"]) == "percent";
        var most = isPercent ? 100 : 31;
        var text = json.Text("value", t => IsWhole(t, most), $"a whole number from 1 to {most}, in digits between double quotes");
        return stated.Finish(json, new DaysPerMonth(IsWhole(text, most) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : 1, isPercent));
    }

    private static bool IsWhole(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most;
}
