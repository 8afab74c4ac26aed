using Sensor.Compliance.Statistics;
using Sensor.Contracts.Hj212;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Interop;

namespace Sensor.Ingest.Tests.Support;

/// <summary>An ingest with a port for data loggers of surface-water stations, periods of four hours.</summary>
internal static class TestImport
{
    public static Hj212StationConfiguration Station(string mn, string station) => new()
    {
        Mn = mn, Station = station, Dialect = Hj212Dialect.SurfaceWater, Command = "2061", Period = TimeSpan.FromHours(4), UtcOffset = TimeSpan.FromHours(8),
        Parameters = [.. new[] { "w01019", "w21003", "w21011", "w21001" }.Select(p => new Hj212Parameter(p, p, "mg/L", null))],
    };

    public static Hj212ImportConfiguration Port(params Hj212StationConfiguration[] stations) => new()
    {
        Port = TestIngest.FreePort(), Stations = stations, Limits = new Hj212ImportLimits { FramesPerSecond = 10_000 },
    };

    public static Task<TestIngest> StartAsync(Hj212ImportConfiguration import) => TestIngest.StartAsync(imports: [import], before: host =>
    {
        foreach (var station in import.Stations)
        {
            Enroll(host, station.Station);
        }
    });

    public static void Enroll(IngestHost host, string station)
    {
        Enter(host, station, "街口");
        host.Pipeline.Watch.Reload();
    }

    /// <summary>Enters a station; the running ingest learns of it by <c>Watch.Reload</c>.</summary>
    public static void Enter(IngestHost host, string station, string section)
    {
        using var key = ImportKeys.PublicOf(host.Pipeline.Configuration.DataDirectory, station);
        host.Pipeline.Registry.Enroll(station, section, key, null, "a test", Trust.Attested);
    }
}
