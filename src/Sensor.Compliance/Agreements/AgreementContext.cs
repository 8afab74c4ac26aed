using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>What the parts of an agreement need to know of each other while it is read.</summary>
/// <param name="Stated">Reads numbers with their provenance.</param>
/// <param name="PartyIds">The ids of the parties.</param>
/// <param name="Units">The units of the agreed parameters by factor code.</param>
/// <param name="Sections">The agreed sections.</param>
/// <param name="Currency">ISO 4217 code of all amounts.</param>
/// <param name="InForceFrom">The first local day in force.</param>
/// <param name="InForceTo">The last local day in force.</param>
internal sealed record AgreementContext(
    StatedReader Stated,
    IReadOnlyList<string> PartyIds,
    IReadOnlyDictionary<string, string> Units,
    IReadOnlyList<AgreedSection> Sections,
    string Currency,
    DateOnly InForceFrom,
    DateOnly InForceTo)
{
    /// <summary>The factor codes of the agreed parameters.</summary>
    public IReadOnlyList<string> ParameterCodes { get; } = [.. Units.Keys];

    /// <summary>The ids of the measures read so far; a measure may refer only to earlier ones.</summary>
    public List<string> Measures { get; } = [];

    /// <summary>Which measures can be named.</summary>
    public string MeasuresExpected => "the id of an earlier measure" + (Measures.Count == 0 ? "" : ": " + string.Join(", ", Measures));

    /// <summary>Whether a text is the id of a measure or clause.</summary>
    public static bool IsMeasureId(string text) =>
        text.Length is > 0 and <= 48 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>Whether a measure can be named.</summary>
    public bool KnowsMeasure(string id) => Measures.Contains(id);

    /// <summary>The id of an earlier measure.</summary>
    public string ReadMeasure(StrictObject json, string member) => json.Text(member, KnowsMeasure, MeasuresExpected);
}
