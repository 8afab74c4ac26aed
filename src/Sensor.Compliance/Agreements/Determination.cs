using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A human decision about a section and a span of time, with the document it rests on and who took it.</summary>
/// <param name="Id">Its id, unique in the document.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Section">The section, as the data write it.</param>
/// <param name="From">The first moment it covers.</param>
/// <param name="To">The first moment after.</param>
/// <param name="Parameters">The factor codes it concerns; empty for all. Only an exclusion may name any.</param>
/// <param name="ReasonCode">The reason as a code, such as <c>frozen</c>.</param>
/// <param name="Reason">The reason in words.</param>
/// <param name="Document">The document it rests on, as a person would look it up.</param>
/// <param name="DecidedBy">Who decided, at least one.</param>
public sealed record Determination(
    string Id, DeterminationKind Kind, string Section, Instant From, Instant To, IReadOnlyList<string> Parameters, string ReasonCode, LocalText Reason, string Document, IReadOnlyList<string> DecidedBy)
{
    internal static readonly string[] KindWords = ["exclude", "exempt", "accident"];
    private static readonly string[] Exemptions = ["dry", "frozen", "no-water", "backwater", "disaster", "not-increased"];

    internal static Determination Read(StrictObject json)
    {
        var kind = (DeterminationKind)Array.IndexOf(KindWords, json.Word("kind", KindWords));
        var reason = json.Child("reason");
        var determination = new Determination(
            json.Text("id", t => t.Length <= 64, "an id of at most 64 characters"),
            kind,
            json.Text("section", Names.IsSection, "the section's name as the data write it"),
            ReadMoment(json, "from"),
            ReadMoment(json, "to"),
            json.Texts("parameters", 0, Parameter.IsWellFormed, "a factor code such as w01019"),
            ReadReasonCode(reason, kind),
            new LocalText(reason.Text("en", expected: "the English text"), reason.Text("zh", expected: "the Chinese text")),
            json.Text("document", expected: "the document it rests on"),
            json.Texts("decidedBy", 1, t => t.Length > 0, "a person and office"));
        reason.End();
        if (determination.To <= determination.From)
        {
            json.Problem("to", "is not after from", "Give the first moment that is no longer covered");
        }

        if (kind != DeterminationKind.Exclude && determination.Parameters.Count > 0)
        {
            json.Problem("parameters", "has a meaning only for an exclusion", "Remove it, or make the kind exclude");
        }

        json.End();
        return determination;
    }

    private static string ReadReasonCode(StrictObject reason, DeterminationKind kind) => kind == DeterminationKind.Exempt
        ? reason.Word("code", Exemptions)
        : reason.Text("code", Names.IsLowerId, "a code of lower-case letters, digits and -");

    internal static Instant ReadMoment(StrictObject json, string member) =>
        Instant.TryParse(json.Text(member, t => Instant.TryParse(t, out _), "an ISO 8601 time with offset such as 2020-08-08T00:00:00+08:00"), out var moment)
            ? moment
            : default;
}

/// <summary>What a determination does.</summary>
public enum DeterminationKind
{
    /// <summary><c>exclude</c>: observations sampled in its span do not count.</summary>
    Exclude,

    /// <summary><c>exempt</c>: a window that lies wholly in its span is exempt; nobody pays.</summary>
    Exempt,

    /// <summary><c>accident</c>: a window that its span touches fails, whatever was measured.</summary>
    Accident,
}
