using Sensor.Contracts.Hj212;

namespace Sensor.Ingest.Configuration;

/// <summary>A port on which data loggers call that speak HJ 212.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Hj212ImportConfiguration : ImportConfiguration
{
    /// <summary>The IP address to listen on. The default value is 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The TCP port, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The loggers whose data are taken; MN and station stand once each.</summary>
    public required IReadOnlyList<Hj212StationConfiguration> Stations { get; init; }

    /// <summary>What one caller may do.</summary>
    public Hj212ImportLimits Limits { get; init; } = new();

    internal override IEnumerable<string> StationIds => Stations.Select(s => s.Station);
}

/// <summary>What callers may do before they are held up or sent away.</summary>
public sealed record Hj212ImportLimits
{
    /// <summary>The most connections, 1 to 10,000. The default value is 256.</summary>
    public int Connections { get; init; } = 256;

    /// <summary>The most connections from one address, 1 to 10,000. The default value is 16.</summary>
    public int PerAddress { get; init; } = 16;

    /// <summary>The most frames that are read from a connection in a second, 1 to 10,000; the rest waits with its sender. The default value is 20.</summary>
    public int FramesPerSecond { get; init; } = 20;

    /// <summary>How long a connection may say nothing, in seconds, 10 to 604,800. The default value is 3,600.</summary>
    public int IdleSeconds { get; init; } = 3600;
}

/// <summary>A data logger and how its data are to be read. Nothing here has a default that a frame does not tell.</summary>
public sealed record Hj212StationConfiguration
{
    /// <summary>MN of the logger.</summary>
    public required string Mn { get; init; }

    /// <summary>The station as which its data are recorded.</summary>
    public required string Station { get; init; }

    /// <summary>PW that its frames must carry; null where any is taken.</summary>
    public string? Password { get; init; }

    /// <summary>The dialect.</summary>
    public required Hj212Dialect Dialect { get; init; }

    /// <summary>The command whose data become records: 2011 (its Rtd), 2051, 2061 or 2031 (their Avg).</summary>
    public required string Command { get; init; }

    /// <summary>Whether DataTime is the end of a period; its start, as HJ 212-2017 has it, else.</summary>
    public bool DataTimeIsEnd { get; init; }

    /// <summary>The length of the period that a value stands for; zero for a moment.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>The fixed offset of the logger's clock.</summary>
    public required TimeSpan UtcOffset { get; init; }

    /// <summary>How far back the logger is asked for periods that are missing; zero for never.</summary>
    public TimeSpan History { get; init; }

    /// <summary>The flag of values that were sent without one, or null: such values are missing.</summary>
    public string? Unflagged { get; init; }

    /// <summary>Flags of the logger that mean another of ours than the dialect has it, by their letters.</summary>
    public IReadOnlyDictionary<string, string> Flags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is taken from the data.</summary>
    public required IReadOnlyList<Hj212Parameter> Parameters { get; init; }

    /// <summary>Everything by which frames become readings, as one text; records name its digest.</summary>
    internal string Canonical() => string.Join('\n', [
        $"hj212 {Mn} {Station} {Dialect.Name} {Command} {(DataTimeIsEnd ? "end" : "start")} {Period} {UtcOffset} {Unflagged ?? "-"}",
        .. Flags.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"flag {f.Key} {f.Value}"),
        .. Parameters.Select(p => $"parameter {p.Code} {p.National} {p.Unit} {p.DetectionLimit?.ToString() ?? "-"}")]);
}
