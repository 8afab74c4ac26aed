using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Configuration;

/// <summary>Whether maintenance switches name instruments that there are.</summary>
internal static class MaintenanceRules
{
    public static void Note(StrictObject root, IReadOnlyList<InstrumentConfiguration> instruments)
    {
        foreach (var entry in instruments)
        {
            if (entry.Options is MaintenanceSwitchOptions { For: { } maintained } && instruments.All(known => known.Id != maintained))
            {
                root.Problem("instruments", $"the maintenance switch {entry.Id} is for '{maintained}', which is not one of them", "Correct its member for, or remove it for all instruments");
            }
        }
    }
}
