using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A document of determinations.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Digest">SHA-256 of the exact bytes of the document.</param>
/// <param name="All">The determinations in ordinal order of their ids.</param>
/// <param name="Facts">The numbers that authorities state, in ordinal order of their ids.</param>
public sealed record Determinations(Digest Digest, IReadOnlyList<Determination> All, IReadOnlyList<StatedFact> Facts)
{
    /// <summary>The agreement whose parties sign the document; null in a file that nobody signs.</summary>
    public string? Agreement { get; init; }

    /// <summary>The version, from 1; null in a file that nobody signs.</summary>
    public int? Version { get; init; }

    /// <summary>SHA-256 of the version before; null in the first.</summary>
    public Digest? Previous { get; init; }

    /// <summary>The value of the member <c>schema</c>.</summary>
    public const string Schema = "waterwatch/determinations/1";

    /// <summary>Reads a document of determinations.</summary>
    /// <param name="name">Its name for messages, usually the file.</param>
    /// <param name="utf8">Its exact bytes.</param>
    /// <exception cref="DocumentException">The document has mistakes; all of them are in the exception.</exception>
    public static Determinations Read(string name, ReadOnlyMemory<byte> utf8) => StrictDocument.Read(name, utf8, json =>
    {
        json.Word("schema", [Schema]);
        var agreement = json.OptionalText("agreement", AgreementDocument.IsId, "the id of an agreement");
        var version = json.Has("version") ? (int?)json.Whole("version", 1, int.MaxValue) : null;
        var previous = json.OptionalText("previous", Digest.IsWritten, "the SHA-256 of the version before, 64 lower-case hexadecimal digits");
        var all = json.Children("determinations").Select(Determination.Read).OrderBy(d => d.Id, StringComparer.Ordinal).ToList();
        var facts = json.Children("facts").Select(StatedFact.Read).OrderBy(f => f.Id, StringComparer.Ordinal).ToList();
        foreach (var (name, times) in Repeats.In(all.Select(d => d.Id).Concat(facts.Select(f => f.Id))))
        {
            json.Problem("determinations", $"has the id {name} {times} times", "Give each determination and fact its own id");
        }

        return new Determinations(Digest.Of(utf8.Span), all, facts)
        {
            Agreement = agreement,
            Version = version,
            Previous = previous is { Length: > 0 } ? Digest.Parse(previous) : null,
        };
    });
}
