using Sensor.Contracts;

namespace Sensor.Ingest.Configuration;

/// <summary>A parameter of messages, as a configuration names it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsonParameter
{
    /// <summary>The name that an item gives to it; empty where it has a place of its own.</summary>
    public required string Name { get; init; }

    /// <summary>The national code.</summary>
    public required string National { get; init; }

    /// <summary>UCUM unit of the values; nothing is converted.</summary>
    public required string Unit { get; init; }

    /// <summary>How messages spell that unit.</summary>
    public required IReadOnlyList<string> Spellings { get; init; }

    /// <summary>The detection limit in that unit, or null.</summary>
    public MeasuredValue? DetectionLimit { get; init; }

    /// <summary>Where its value stands.</summary>
    public required JsonPointer ValueAt { get; init; }

    /// <summary>Where the unit stands; null where messages tell none.</summary>
    public JsonPointer? UnitAt { get; init; }

    /// <summary>Where the flag stands; null where messages tell none.</summary>
    public JsonPointer? FlagAt { get; init; }

    internal string Canonical() =>
        $"parameter {Name} {National} {Unit} [{string.Join(' ', Spellings)}] {DetectionLimit?.ToString() ?? "-"} value {ValueAt} unit {UnitAt?.Text ?? "-"} flag {FlagAt?.Text ?? "-"}";
}
