using System.Text;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A human decision about a section and a span of time, with the document it rests on and who took it.</summary>
/// <param name="Id">Its id, unique in the document.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Section">The section, as the data write it.</param>
/// <param name="From">The first moment it covers.</param>
/// <param name="To">The first moment after.</param>
/// <param name="Parameters">The factor codes it concerns; empty for all. An exemption or accident may not name any.</param>
/// <param name="ReasonCode">The reason as a code, such as <c>frozen</c>.</param>
/// <param name="Reason">The reason in words.</param>
/// <param name="Document">The document it rests on, as a person would look it up.</param>
/// <param name="DecidedBy">Who decided, at least one.</param>
public sealed record Determination(
    string Id, DeterminationKind Kind, string Section, Instant From, Instant To, IReadOnlyList<string> Parameters, string ReasonCode, LocalText Reason, string Document, IReadOnlyList<string> DecidedBy)
{
    internal static readonly string[] KindWords = ["exclude", "exempt", "accident", "confirm", "substitute", "acceptSample"];
    private static readonly string[] Exemptions = ["dry", "frozen", "no-water", "backwater", "disaster", "not-increased"];

    /// <summary>The source that supplies the values of its span; null for every kind but a substitution.</summary>
    public string? Source { get; init; }

    /// <summary>What stands for a joint sample that it accepts, <c>mean</c> or a laboratory of the pair; null for every other kind.</summary>
    public string? Use { get; init; }

    /// <summary>Everything it says, as one text: two are the same determination when these are equal.</summary>
    internal string Content => Encoding.UTF8.GetString(CanonicalJson.Write(new JsonObject
    {
        { "id", Id },
        { "kind", KindWords[(int)Kind] },
        { "section", Section },
        { "from", From.ToString() },
        { "to", To.ToString() },
        { "parameters", JsonList.Of(Parameters, p => p) },
        { "reason", new JsonObject { { "code", ReasonCode }, { "en", Reason.En }, { "zh", Reason.Zh } } },
        { "document", Document },
        { "decidedBy", JsonList.Of(DecidedBy, p => p) },
        { "source", Source },
        { "use", Use },
    }));

    /// <summary>Whether it covers a window from its first to its last moment.</summary>
    internal bool Covers(Window window) => From <= window.Start && To >= window.End;

    /// <summary>Whether it concerns a parameter at a moment.</summary>
    internal bool Concerns(string parameter, Instant moment) => moment >= From && moment < To && IsAbout(parameter);

    /// <summary>Whether it concerns a parameter.</summary>
    internal bool IsAbout(string parameter) => Parameters.Count == 0 || Parameters.Contains(parameter);

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
            json.Texts("decidedBy", 1, t => t.Length > 0, "a person and office"))
        {
            Source = ReadFor(json, kind, DeterminationKind.Substitute, "source", Names.IsLowerId, "the id of a source of the agreement"),
            Use = ReadFor(json, kind, DeterminationKind.AcceptSample, "use", DataRules.IsSeries, "mean or a laboratory of the pair"),
        };
        reason.End();
        if (determination.To <= determination.From)
        {
            json.Problem("to", "is not after from", "Give the first moment that is no longer covered");
        }

        if (kind is DeterminationKind.Exempt or DeterminationKind.Accident && determination.Parameters.Count > 0)
        {
            json.Problem("parameters", "has no meaning for an exemption or accident, which concerns the whole window", "Remove it");
        }

        json.End();
        return determination;
    }

    private static string ReadReasonCode(StrictObject reason, DeterminationKind kind) => kind == DeterminationKind.Exempt
        ? reason.Word("code", Exemptions)
        : reason.Text("code", Names.IsLowerId, "a code of lower-case letters, digits and -");

    /// <summary>A member that one kind must have and no other may.</summary>
    private static string? ReadFor(StrictObject json, DeterminationKind kind, DeterminationKind owner, string member, Func<string, bool> rule, string expected)
    {
        if (kind == owner)
        {
            return json.Text(member, rule, expected);
        }

        if (json.Has(member))
        {
            json.Problem(member, $"has a meaning only for the kind {KindWords[(int)owner]}", "Remove it, or correct the kind");
        }

        json.OptionalText(member);
        return null;
    }

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

    /// <summary><c>confirm</c>: a window that lies wholly in its span is decided although much of it was maintenance or flagged.</summary>
    Confirm,

    /// <summary><c>substitute</c>: in its span the source that it names supplies the values, whatever the precedence.</summary>
    Substitute,

    /// <summary><c>acceptSample</c>: a joint sample with one half, or outside its tolerance, counts as it says.</summary>
    AcceptSample,
}
