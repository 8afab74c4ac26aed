using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Configuration;

/// <summary>Reads <c>actuators</c>; nothing is switched.</summary>
internal static class ActuatorReader
{
    private static readonly string[] Drivers = ["relay"];

    public static List<ActuatorConfiguration> Read(StrictObject root, DriverContext context)
    {
        var read = new List<ActuatorConfiguration>();
        foreach (var entry in root.Children("actuators"))
        {
            var id = entry.Text("id", Names.IsInstrument, "an actuator id of 1 to 32 letters, digits and . _ -");
            if (id.Length > 0 && read.Exists(actuator => actuator.Id == id))
            {
                entry.Problem("id", $"'{id}' is given to two actuators", "Give each actuator its own id");
            }

            entry.Word("driver", Drivers);
            var options = entry.Child("options");
            read.Add(new ActuatorConfiguration { Id = id, Options = RelayOptions.Read(options, context) });
            options.End();
            entry.End();
        }

        return read;
    }
}
