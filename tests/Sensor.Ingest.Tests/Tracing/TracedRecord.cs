using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Tracing;

/// <summary>A record that alone brings about an outcome: water of August, told after August.</summary>
internal static class TracedRecord
{
    public static Envelope Of(TestStation station)
    {
        var at = Instant.From(new DateTimeOffset(2020, 8, 10, 8, 0, 0, TimeSpan.FromHours(8)));
        string[] parameters = ["w01019", "w21003", "w21011", "w21001"];
        return station.Next(new ReadingsBody(at, [.. parameters.Select(p => TestStation.Reading(p, "0.10", at))]), at.PlusMilliseconds(40L * 86_400_000));
    }
}
