using Sensor.Compliance.Statistics;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>Which observations may decide.</summary>
/// <param name="Series">The stations or sources that count, the preferred first; empty where all count or <see cref="Sources"/> names them.</param>
/// <param name="Trust">The kinds of trust that count.</param>
/// <param name="Flags">Which flags count.</param>
/// <param name="BelowDetection">What a reading below the detection limit counts for.</param>
public sealed record DataRules(IReadOnlyList<string> Series, IReadOnlyList<Trust> Trust, FlagProfile Flags, BelowDetection BelowDetection)
{
    internal static readonly string[] TrustWords = ["device", "attested", "imported"];
    internal static readonly string[] FlagWords = ["national-surface-water", "normal-only"];
    internal static readonly string[] BelowDetectionWords = ["half-of-limit", "exclude"];

    internal const string SeriesExpected = "a station id or source";

    /// <summary>The sources that stand in for each other; null where every accepted series counts beside the others.</summary>
    public SourcePrecedence? Sources { get; init; }

    /// <summary>The quality tests that may exclude a value; null where none may.</summary>
    public AgreedQuality? Quality { get; init; }

    /// <summary>What a failed check of an instrument does to what it measured; null where it does nothing.</summary>
    public AgreedChecks? Checks { get; init; }

    /// <summary>How well it has to be known when water was taken; null where the clock that the station wrote decides.</summary>
    public AgreedTime? Time { get; init; }

    internal static bool IsSeries(string text) => text.Length is > 0 and <= 64;

    /// <summary>Whether a series may decide.</summary>
    internal bool Accepts(string series) => Sources is { } sources ? sources.Of(series) is not null : Series.Count == 0 || Series.Contains(series);

    /// <summary>The kinds of trust that count in a series.</summary>
    internal IReadOnlyList<Trust> TrustIn(string series) => Sources?.Of(series)?.Trust ?? Trust;

    /// <summary>The place of a series in the order of preference; the smaller wins.</summary>
    internal int PreferenceOf(string series)
    {
        var place = (Sources?.Of(series)?.Series ?? Series).ToList().IndexOf(series);
        return place < 0 ? int.MaxValue : place;
    }

    internal static DataRules Read(StrictObject json, AgreementContext context)
    {
        var trust = ReadTrust(json, 1);
        var rules = new DataRules(
            json.Texts("series", 0, IsSeries, SeriesExpected),
            trust,
            (FlagProfile)Array.IndexOf(FlagWords, json.Word("flags", FlagWords)),
            (BelowDetection)Array.IndexOf(BelowDetectionWords, json.Word("belowDetection", BelowDetectionWords)))
        {
            Sources = SourcePrecedence.Read(json, context, trust),
            Quality = AgreedQuality.Read(json, context),
            Checks = AgreedChecks.Read(json, context),
            Time = AgreedTime.Read(json, context),
        };
        json.End();
        return rules;
    }

    /// <summary>The member <c>trust</c>.</summary>
    internal static IReadOnlyList<Trust> ReadTrust(StrictObject json, int least) =>
        [.. json.Texts("trust", least, TrustWords.Contains, "one of " + string.Join(", ", TrustWords))
            .Where(TrustWords.Contains).Select(t => (Trust)Array.IndexOf(TrustWords, t))];
}
