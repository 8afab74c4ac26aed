namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>A sequencer came too late: another has taken its place, and nothing of what it wanted to write was written.</summary>
internal sealed class FencedException(long term, long? current)
    : IOException($"This sequencer has the term {term}, and the term is {current?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"} by now: another gives the indexes.");
