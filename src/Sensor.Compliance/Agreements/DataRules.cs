using Sensor.Compliance.Statistics;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>Which observations may decide.</summary>
/// <param name="Series">The stations or sources that count, the preferred first; empty where all count.</param>
/// <param name="Trust">The kinds of trust that count.</param>
/// <param name="Flags">Which flags count.</param>
/// <param name="BelowDetection">What a reading below the detection limit counts for.</param>
public sealed record DataRules(IReadOnlyList<string> Series, IReadOnlyList<Trust> Trust, FlagProfile Flags, BelowDetection BelowDetection)
{
    internal static readonly string[] TrustWords = ["device", "attested", "imported"];
    internal static readonly string[] FlagWords = ["national-surface-water", "normal-only"];
    internal static readonly string[] BelowDetectionWords = ["half-of-limit", "exclude"];

    /// <summary>The place of a series in the order of preference; the smaller wins.</summary>
    internal int PreferenceOf(string series)
    {
        var place = Series.ToList().IndexOf(series);
        return place < 0 ? int.MaxValue : place;
    }

    internal static DataRules Read(StrictObject json)
    {
        var trust = json.Texts("trust", 1, TrustWords.Contains, "one of " + string.Join(", ", TrustWords));
        var rules = new DataRules(
            json.Texts("series", 0, s => s.Length is > 0 and <= 64, "a station id or source"),
            [.. trust.Where(TrustWords.Contains).Select(t => (Trust)Array.IndexOf(TrustWords, t))],
            (FlagProfile)Array.IndexOf(FlagWords, json.Word("flags", FlagWords)),
            (BelowDetection)Array.IndexOf(BelowDetectionWords, json.Word("belowDetection", BelowDetectionWords)));
        json.End();
        return rules;
    }
}
