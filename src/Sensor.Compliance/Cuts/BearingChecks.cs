using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;

namespace Sensor.Compliance.Cuts;

/// <summary>Which checks of instruments bear on a window: those that begin or end a span in which what was measured in it is invalid.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class BearingChecks
{
    /// <summary>The checks on which a window rests; none where its agreement does not ask for them, and then they are not part of its cut either.</summary>
    /// <param name="assessed">The window.</param>
    /// <param name="section">Its section.</param>
    /// <param name="checks">The checks up to the moment as of which it is decided.</param>
    public static IReadOnlyList<RecordedCheck> On(AssessedWindow assessed, string section, IEnumerable<RecordedCheck> checks)
    {
        if (assessed.Agreement.Data.Checks is null)
        {
            return [];
        }

        var sources = new Dictionary<InstrumentCheck, RecordedCheck>(ReferenceEqualityComparer.Instance);
        foreach (var check in checks)
        {
            sources.Add(check.Check, check);
        }

        return [.. InvalidSpan.Of(sources.Keys).Where(span => Bears(assessed, section, span)).SelectMany(span => span.Checks).Distinct(ReferenceEqualityComparer.Instance)
            .Select(check => sources[(InstrumentCheck)check!])];
    }

    private static bool Bears(AssessedWindow assessed, string section, InvalidSpan span) => assessed.Agreement.Rule.LooksElsewhere
        ? span.LastGood is null || span.LastGood.At < assessed.Window.End
        : span.Failed.Section == section && span.Touches(assessed.Window.Start, assessed.Window.End);
}
