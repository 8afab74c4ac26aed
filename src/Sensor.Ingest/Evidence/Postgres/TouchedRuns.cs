using Sensor.Contracts;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>Says to the service that publishes receipts and decides which runs a worker's messages touched, repeats included.</summary>
/// <remarks>It may be missed: then the station, which hears no receipt, sends again.</remarks>
internal static class TouchedRuns
{
    /// <summary>The channel.</summary>
    public const string Channel = "waterwatch_touched";

    // A notification has less than 8,000 bytes.
    private const int AtOnce = 100;

    /// <summary>Says it.</summary>
    public static void Announce(ISqlDatabase database, IEnumerable<(string Station, LifeId Run)> runs)
    {
        foreach (var some in runs.Distinct().Chunk(AtOnce))
        {
            database.Execute("SELECT pg_notify($1, $2)", Channel, string.Join('\n', some.Select(r => $"{r.Station} {Convert.ToHexString(r.Run.ToArray())}")));
        }
    }

    /// <summary>Reads what was said.</summary>
    public static IEnumerable<(string Station, LifeId Run)> Read(string said) =>
        said.Split('\n').Select(line => line.Split(' ')).Where(parts => parts.Length == 2).Select(parts => (parts[0], new LifeId(Convert.FromHexString(parts[1]))));
}
