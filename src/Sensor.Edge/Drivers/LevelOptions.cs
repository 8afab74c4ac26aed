using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>level</c>: a float switch, a leak sensor or another contact that tells one of two states.</summary>
public sealed record LevelOptions : ContactOptions
{
    /// <summary>What is watched, such as <c>float</c> or <c>leak</c>, 1 to 32 bytes; the kind of its events.</summary>
    public required string Kind { get; init; }

    /// <summary>The state that a closed contact tells. The default is <c>closed</c>.</summary>
    public string WhenClosed { get; init; } = "closed";

    /// <summary>The state that an open contact tells. The default is <c>open</c>.</summary>
    public string WhenOpen { get; init; } = "open";

    internal static LevelOptions Read(StrictObject options, DriverContext context)
    {
        var read = Read(
            new LevelOptions { Kind = options.Text("kind", IsWord, Expected), WhenClosed = Word(options, "whenClosed", "closed"), WhenOpen = Word(options, "whenOpen", "open") }, options, context);
        if (read.WhenClosed == read.WhenOpen)
        {
            options.Problem("whenOpen", $"'{read.WhenOpen}' is said of a closed contact as well", "Give each state its own word");
        }

        return read;
    }

    private const string Expected = "a word of 1 to 32 bytes";

    private static string Word(StrictObject options, string member, string usual) => options.OptionalText(member, IsWord, Expected) is { Length: > 0 } given ? given : usual;

    private static bool IsWord(string text) => WireText.IsAllowed(text, WireLimits.Name);
}
