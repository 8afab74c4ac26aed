using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>How much one station may send, so that none uses up the others' room.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StationLimits
{
    /// <summary>The records of one station in a minute, 1 to 100 million. The default value is 120,000.</summary>
    public int RecordsPerMinute { get; init; } = 120_000;

    /// <summary>The bytes of one station in a minute, 65,536 to 2,147,483,647. The default value is 134,217,728.</summary>
    public int BytesPerMinute { get; init; } = 1 << 27;

    /// <summary>For how long a station that was quiet may send at any speed, in seconds of its rate, 1 to 3600. The default value is 60.</summary>
    public int BurstSeconds { get; init; } = 60;

    internal static StationLimits Read(StrictObject json)
    {
        var limits = new StationLimits();
        limits = new StationLimits
        {
            RecordsPerMinute = (int)json.Whole("recordsPerMinute", 1, 100_000_000, limits.RecordsPerMinute),
            BytesPerMinute = (int)json.Whole("bytesPerMinute", Contracts.Wire.WireLimits.Envelope, int.MaxValue, limits.BytesPerMinute),
            BurstSeconds = (int)json.Whole("burstSeconds", 1, 3600, limits.BurstSeconds),
        };
        json.End();
        return limits;
    }
}
