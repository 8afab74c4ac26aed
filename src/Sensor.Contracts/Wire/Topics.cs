namespace Sensor.Contracts.Wire;

/// <summary>Every MQTT topic of WaterWatch. No other file writes a topic.</summary>
public static class Topics
{
    /// <summary>What all topics begin with.</summary>
    public const string Root = "waterwatch/v1";

    /// <summary>The filter for every station's live records.</summary>
    public const string AllRecords = Root + "/+/records";

    /// <summary>The filter for every station's backlog.</summary>
    public const string AllBacklog = Root + "/+/backlog";

    /// <summary>The filter for every station's status.</summary>
    public const string AllStatus = Root + "/+/status";

    /// <summary>The filter for every receipt of one operator.</summary>
    public static string AllReceipts(string operatorId) => $"{Root}/+/receipt/{operatorId}";

    /// <summary>Where a station publishes records as they arise.</summary>
    public static string Records(string station) => $"{Root}/{station}/records";

    /// <summary>Where a station publishes records that could not be sent when they arose, and repeats those that no receipt covers.</summary>
    public static string Backlog(string station) => $"{Root}/{station}/backlog";

    /// <summary>Where an operator says, retained and signed, what it holds of a station.</summary>
    public static string Receipt(string station, string operatorId) => $"{Root}/{station}/receipt/{operatorId}";

    /// <summary>Where a station says, retained, how it is; its last will says that it is gone.</summary>
    public static string Status(string station) => $"{Root}/{station}/status";

    /// <summary>Where an operator commands a station.</summary>
    public static string Command(string station, string operatorId) => $"{Root}/{station}/command/{operatorId}";

    /// <summary>Where an operator offers a station a configuration, retained; a signed command names it by its SHA-256.</summary>
    public static string Configuration(string station, string operatorId) => $"{Root}/{station}/configuration/{operatorId}";

    /// <summary>Where a station sends an operator the end of its log, as text.</summary>
    public static string Log(string station, string operatorId) => $"{Root}/{station}/log/{operatorId}";

    /// <summary>Whether a topic is one of <see cref="Log"/>.</summary>
    public static bool IsLog(string topic) => topic.Split('/') is [_, _, var station, "log", var operatorId] && topic == Log(station, operatorId) && Names.IsStation(station) && Names.IsLowerId(operatorId);

    /// <summary>The last value of a parameter at a section, retained plain JSON for everyone else.</summary>
    public static string Live(string section, string parameter) => $"{Root}/live/{Level(section)}/{parameter}";

    /// <summary>The outcome of a window, retained plain JSON for everyone else.</summary>
    public static string Outcome(string agreement, string section, string window) => $"{Root}/outcomes/{agreement}/{Level(section)}/{window}";

    /// <summary>Takes the station from the topic of its records, backlog or status.</summary>
    public static bool TryParse(string topic, out string station, out StationTopic kind)
    {
        (station, kind) = ("", default);
        var own = topic.StartsWith(Root + "/", StringComparison.Ordinal) ? topic.AsSpan(Root.Length + 1) : default;
        var end = own.IndexOf('/');
        var name = end < 0 ? "" : own[..end].ToString();
        if (!Names.IsStation(name))
        {
            return false;
        }

        station = name;
        (var known, kind) = own[(end + 1)..] switch
        {
            "records" => (true, StationTopic.Records),
            "backlog" => (true, StationTopic.Backlog),
            "status" => (true, StationTopic.Status),
            _ => (false, default),
        };
        return known;
    }

    // What has a meaning in topics and filters is written as in an address: %2F %2B %23 %25.
    private static string Level(string name) => name
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("/", "%2F", StringComparison.Ordinal)
        .Replace("+", "%2B", StringComparison.Ordinal)
        .Replace("#", "%23", StringComparison.Ordinal);
}

/// <summary>What a station publishes under its own topics.</summary>
public enum StationTopic
{
    /// <summary>Records as they arise.</summary>
    Records,

    /// <summary>Records from before, and repeats.</summary>
    Backlog,

    /// <summary>How the station is.</summary>
    Status,
}
