using Sensor.Contracts;

namespace Sensor.Ingest.Alerts;

/// <summary>The beginning of something that a test of this operator finds strange. It is for people; no decision reads it.</summary>
/// <param name="Rule">The name of the test.</param>
/// <param name="Section">The section.</param>
/// <param name="Station">The station.</param>
/// <param name="Parameter">The factor code.</param>
/// <param name="Instrument">The instrument.</param>
/// <param name="Time">When the water had been taken whose value made it.</param>
/// <param name="Flag">3 suspect, 4 fail.</param>
/// <param name="En">Why, in English.</param>
/// <param name="Zh">Why, in Chinese.</param>
/// <param name="Late">Whether the value was no news when it came: later water was judged before, or it was older than the configuration calls fresh.</param>
internal sealed record Alert(string Rule, string Section, string Station, string Parameter, string Instrument, Instant Time, int Flag, string En, string Zh, bool Late)
{
    /// <summary>When it was raised, by the wall clock; the epoch before it is stored.</summary>
    public Instant RaisedAt { get; init; }
}
