using Sensor.Contracts;

namespace Sensor.Ingest.Projection;

/// <summary>Which water a reading is about: of everything that is said about one, only the latest stands.</summary>
internal sealed record Water(string Station, string Parameter, Instant Sampled, string Instrument);

/// <summary>What one record says about one water.</summary>
/// <param name="Water">The water.</param>
/// <param name="Section">Where the station stood when it was taken; empty where it stood at no section.</param>
/// <param name="Run">The run of the record.</param>
/// <param name="Sequence">The record's place in the run.</param>
/// <param name="Position">The reading's place in the record.</param>
/// <param name="Said">What is said.</param>
internal sealed record Statement(Water Water, string Section, LifeId Run, long Sequence, int Position, Said Said);

/// <summary>A value with its digits, or the reason for having none, and the flag.</summary>
/// <param name="Digits">The digits; null when missing.</param>
/// <param name="Missing">The reason; null when there are digits.</param>
/// <param name="Unit">The unit of the digits.</param>
/// <param name="Flag">The station's flag.</param>
internal sealed record Said(string? Digits, string? Missing, string Unit, string Flag)
{
    public static Said Of(Reading reading) => new(reading.Value?.ToString(), reading.Missing?.ToString(), reading.Unit, reading.Flag);
}
