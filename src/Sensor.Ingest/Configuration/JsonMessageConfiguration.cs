namespace Sensor.Ingest.Configuration;

/// <summary>How a message becomes readings. Nothing here has a default that a message does not tell.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsonMessageConfiguration
{
    /// <summary>The topic.</summary>
    public required TopicTemplate Topic { get; init; }

    /// <summary>The station as which it is recorded, by the name in the topic; by the empty name where the topic has no placeholder.</summary>
    public required IReadOnlyDictionary<string, string> Stations { get; init; }

    /// <summary>Where the items stand, an array or one object; pointers count from an item. The default value is the whole message.</summary>
    public required JsonPointer ItemsAt { get; init; }

    /// <summary>Where the time stands.</summary>
    public required JsonTimePlace Time { get; init; }

    /// <summary>Whether the time is the end of a period; its start else.</summary>
    public bool DataTimeIsEnd { get; init; }

    /// <summary>The length of the period that a value stands for; zero for a moment.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Where an item names its parameter; null where each parameter has a place of its own.</summary>
    public JsonPointer? ParameterAt { get; init; }

    /// <summary>The flag of values that were sent without one, or null: such values are missing.</summary>
    public string? Unflagged { get; init; }

    /// <summary>Our flag for each flag as sent.</summary>
    public IReadOnlyDictionary<string, string> Flags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is taken.</summary>
    public required IReadOnlyList<JsonParameter> Parameters { get; init; }

    /// <summary>Everything by which messages of a station become readings, as one text; records name its digest.</summary>
    internal string Canonical(string station) => string.Join('\n', [
        $"mqtt-json 1 {station}", $"topic {Topic.Text}", $"items {ItemsAt} parameter {ParameterAt?.Text ?? "-"}",
        $"time {Time.At} of {(Time.OfMessage ? "message" : "item")} {Time.Form} {Time.UtcOffset} {(DataTimeIsEnd ? "end" : "start")} {Period} {Unflagged ?? "-"}",
        .. Flags.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"flag {f.Key} {f.Value}"),
        .. Parameters.Select(p => p.Canonical())]);
}

/// <summary>Where and how a message tells its time.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="OfMessage">Whether the place counts from the message; from the item else.</param>
/// <param name="Form">How it is written.</param>
/// <param name="UtcOffset">The offset of a local time; null for the other forms.</param>
public sealed record JsonTimePlace(JsonPointer At, bool OfMessage, JsonTimeForm Form, TimeSpan? UtcOffset);

/// <summary>How a message writes a time.</summary>
public enum JsonTimeForm
{
    /// <summary>ISO 8601 with offset.</summary>
    Iso8601,

    /// <summary>Seconds since 1970, as a number or its digits in a text.</summary>
    UnixSeconds,

    /// <summary>Milliseconds since 1970, as a number or its digits in a text.</summary>
    UnixMilliseconds,

    /// <summary>ISO 8601 without offset.</summary>
    Local,
}
