using Sensor.Compliance.Cuts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>
/// That both parties signed how well it has to be known when water was taken. Without it the wall clock that the station wrote decides, whatever its
/// state.
/// </summary>
/// <param name="ClockDriftPpm">By how much at most CLOCK_BOOTTIME of a station is wrong, in millionths of what it counted, 0 to 1000.</param>
/// <param name="LeastErrorMilliseconds">The error of a synchronised clock where it estimates a smaller one, 0 to 60000.</param>
/// <param name="WidestSeconds">The widest interval that a reading may have, in seconds; one as wide still counts.</param>
/// <param name="AtWindowEdge">What becomes of a reading whose interval lies on both sides of an edge of the window.</param>
public sealed record AgreedTime(Stated<int> ClockDriftPpm, Stated<int> LeastErrorMilliseconds, Stated<int> WidestSeconds, Stated<EdgeRule> AtWindowEdge)
{
    private const int MostPpm = 1_000;
    private const int MostError = 60_000;
    private const int SecondsOfLeapYear = 366 * 86_400;

    private static readonly string[] EdgeWords = ["midpoint", "neither", "determination"];

    /// <summary>The word of <see cref="AtWindowEdge"/> in the document.</summary>
    public string AtWindowEdgeWord => EdgeWords[(int)AtWindowEdge.Value];

    /// <summary>How far the clocks of stations are believed.</summary>
    public ClockTolerance Clocks => new(ClockDriftPpm.Value, LeastErrorMilliseconds.Value);

    internal static AgreedTime? Read(StrictObject parent, AgreementContext context)
    {
        if (parent.OptionalChild("time") is not { } json)
        {
            return null;
        }

        var word = context.Stated.Word(json, "atWindowEdge", EdgeWords);
        var time = new AgreedTime(
            context.Stated.Whole(json, "clockDriftPpm", 0, MostPpm),
            context.Stated.Whole(json, "leastErrorMilliseconds", 0, MostError),
            context.Stated.Whole(json, "widestSeconds", 1, SecondsOfLeapYear),
            new Stated<EdgeRule>((EdgeRule)Math.Max(0, Array.IndexOf(EdgeWords, word.Value)), word.Source, word.Certainty));
        json.End();
        return time;
    }
}
