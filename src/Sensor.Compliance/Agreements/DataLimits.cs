using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>
/// How much of a window may be maintenance or otherwise flagged before its measurements decide nothing by themselves: whoever runs a station
/// also chooses when it is maintained.
/// </summary>
/// <param name="MaintenancePercent">Most per cent of the observations with a flag of maintenance or calibration; null where not limited.</param>
/// <param name="FlaggedPercent">Most per cent of the observations that their flag excludes; null where not limited.</param>
/// <param name="LossPercent">Most per cent of the readings due that nobody has, not even as missing; null where not limited.</param>
/// <param name="ReadingsPerDay">How many readings of each parameter are due on a day, 1 to 86400; null where losses are not limited.</param>
public sealed record DataLimits(Stated<ExactDecimal>? MaintenancePercent, Stated<ExactDecimal>? FlaggedPercent, Stated<ExactDecimal>? LossPercent, Stated<int>? ReadingsPerDay)
{
    private const int SecondsOfDay = 86_400;

    internal static DataLimits? Read(StrictObject parent, StatedReader stated)
    {
        if (parent.OptionalChild("limits") is not { } json)
        {
            return null;
        }

        var limits = new DataLimits(
            ReadPercent(json, "maintenancePercent", stated), ReadPercent(json, "flaggedPercent", stated), ReadPercent(json, "lossPercent", stated),
            json.Has("lossPercent") || json.Has("readingsPerDay") ? stated.Whole(json, "readingsPerDay", 1, SecondsOfDay) : null);
        if (limits is { MaintenancePercent: null, FlaggedPercent: null, LossPercent: null })
        {
            json.Problem("", "limits nothing", "Give maintenancePercent, flaggedPercent or lossPercent with readingsPerDay, or remove limits");
        }

        json.End();
        return limits;
    }

    private static Stated<ExactDecimal>? ReadPercent(StrictObject json, string member, StatedReader stated) =>
        stated.OptionalNumber(json, member, v => v.Sign >= 0 && v <= ExactDecimal.From(100), "per cent from 0 to 100");
}
