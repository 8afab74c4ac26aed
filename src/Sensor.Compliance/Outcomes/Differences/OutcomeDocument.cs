using System.Text;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>An outcome as its document states it, whoever computed it; the form is docs/outcome.schema.json.</summary>
/// <remarks>Do not change <see cref="Json"/>. Thread-safe.</remarks>
public sealed record OutcomeDocument
{
    private static readonly string[] States = ["open", "provisional", "final"];
    private static readonly string[] Results = ["pass", "fail", "exempt", "indeterminate"];

    private readonly Lazy<Digest> _digest;
    private readonly Lazy<Digest> _verdict;

    private OutcomeDocument(ItemReader json)
    {
        Json = json.Json;
        _digest = new Lazy<Digest>(() => Digest.Of(CanonicalJson.Write(Json)));
        _verdict = new Lazy<Digest>(() => Digest.Of(CanonicalJson.Write(Json.Without("cut"))));
        var (agreement, window, cut, trace) = (json.Child("agreement"), json.Child("window"), json.Child("cut"), json.Child("trace"));
        json.Word("schema", OutcomeJson.Schema);
        Agreement = agreement.Text("id");
        AgreementVersion = agreement.Whole("version");
        AgreementDigest = cut.Text("agreement");
        Section = json.Text("section");
        Window = window.Text("label");
        From = window.Text("from");
        To = window.Text("to");
        State = json.Word("state", States);
        Result = json.Word("result", Results);
        Tier = json.OptionalText("tier");
        Pays = DocumentPayment.Of(json);
        Illustrative = json.Truth("illustrative");
        Semantics = cut.Text("semantics");
        Registry = cut.OptionalText("registry");
        DeterminationsDigest = cut.OptionalText("determinations");
        AsOf = cut.OptionalText("asOf");
        Reasons = [.. json.Children("reasons").Select(r => new DocumentReason(r.Text("code"), r.Text("en"), r.Text("zh")))];
        Means = [.. trace.Children("parameters").Select(DocumentMean.Of).DistinctBy(m => m.Parameter, StringComparer.Ordinal)];
        Readings = DocumentReadings.Of(trace);
        Determinations = [.. trace.Children("determinations").Select(d => (d.Text("id"), Encoding.UTF8.GetString(CanonicalJson.Write(d.Json))))];
    }

    /// <summary>The whole document.</summary>
    public JsonObject Json { get; }

    /// <summary>The agreement's id.</summary>
    public string Agreement { get; }

    /// <summary>The section, as the data write it.</summary>
    public string Section { get; }

    /// <summary>The window's name, such as <c>2020-08</c>.</summary>
    public string Window { get; }

    /// <summary><c>open</c>, <c>provisional</c> or <c>final</c>.</summary>
    public string State { get; }

    /// <summary>The digest of the agreement in the cut.</summary>
    public string AgreementDigest { get; }

    /// <summary>The digest of the determinations in the cut; null where there were none.</summary>
    public string? DeterminationsDigest { get; }

    /// <summary>SHA-256 of the document in the form of RFC 8785.</summary>
    public Digest Digest => _digest.Value;

    /// <summary>The same without the cut.</summary>
    public Digest VerdictDigest => _verdict.Value;

    internal long AgreementVersion { get; }

    internal string From { get; }

    internal string To { get; }

    internal string Result { get; }

    internal string? Tier { get; }

    internal DocumentPayment? Pays { get; }

    internal bool Illustrative { get; }

    internal string Semantics { get; }

    internal string? Registry { get; }

    internal string? AsOf { get; }

    internal IReadOnlyList<DocumentReason> Reasons { get; }

    internal IReadOnlyList<DocumentMean> Means { get; }

    internal DocumentReadings Readings { get; }

    internal IReadOnlyList<(string Id, string Content)> Determinations { get; }

    /// <summary>Reads an outcome or an array of outcomes.</summary>
    /// <param name="name">The document's name for messages, usually the file.</param>
    /// <param name="utf8">Its bytes.</param>
    /// <exception cref="DocumentException">The document has mistakes; all of them are in the exception.</exception>
    public static IReadOnlyList<OutcomeDocument> Read(string name, ReadOnlySpan<byte> utf8)
    {
        var root = JsonItemReader.Read(name, utf8);
        var problems = new List<DocumentProblem>();
        var outcomes = root is JsonList list
            ? list.Items.Select((item, i) => new OutcomeDocument(ItemReader.Of(item, $"[{i}]", problems))).ToList()
            : [new OutcomeDocument(ItemReader.Of(root, "", problems))];
        return problems.Count == 0 ? outcomes : throw new DocumentException(name, problems);
    }

    /// <summary>The document of an outcome that was computed here.</summary>
    public static OutcomeDocument Of(Outcome outcome) => new(new ItemReader(outcome.Json, "", []));
}

/// <summary>Who pays whom.</summary>
internal sealed record DocumentPayment(string Payer, string Payee, ExactDecimal Amount, string Currency)
{
    /// <summary>The payment of an outcome; null where nobody pays.</summary>
    public static DocumentPayment? Of(ItemReader outcome)
    {
        var (payer, payee, amount) = (outcome.OptionalText("payer"), outcome.OptionalText("payee"), outcome.OptionalChild("amount"));
        var (value, currency) = (amount?.OptionalDecimal("value"), amount?.Text("currency"));
        return payer is null || payee is null || value is null || currency is null ? null : new DocumentPayment(payer, payee, value.Value, currency);
    }
}

/// <summary>A reason in both languages.</summary>
internal sealed record DocumentReason(string Code, string En, string Zh);

/// <summary>The deciding mean of a parameter; null where there is none.</summary>
internal sealed record DocumentMean(string Parameter, string Symbol, ExactDecimal? Deciding)
{
    public static DocumentMean Of(ItemReader json) => new(json.Text("parameter"), json.Text("symbol"), json.OptionalDecimal("deciding"));
}
