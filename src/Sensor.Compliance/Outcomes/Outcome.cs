using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes;

/// <summary>The decision about one section and window, with the complete trace from readings to money.</summary>
/// <remarks>
/// The document <see cref="Json"/> is the outcome; the other members are the parts that programs ask for. docs/outcome.schema.json
/// describes it. Do not change <see cref="Json"/>. Thread-safe.
/// </remarks>
public sealed record Outcome
{
    private readonly Lazy<byte[]> _bytes;

    internal Outcome(JsonObject json)
    {
        Json = json;
        _bytes = new Lazy<byte[]>(() => CanonicalJson.Write(Json));
    }

    /// <summary>The outcome document.</summary>
    public JsonObject Json { get; }

    /// <summary>The agreement that was applied.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>The section, as the data write it.</summary>
    public required string Section { get; init; }

    /// <summary>The window.</summary>
    public required Window Window { get; init; }

    /// <summary>How settled it is.</summary>
    public required OutcomeState State { get; init; }

    /// <summary>What the window came to.</summary>
    public required OutcomeResult Result { get; init; }

    /// <summary>Why, at least one reason.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The tier reached; null where nothing was decided.</summary>
    public required string? Tier { get; init; }

    /// <summary>Who owes whom, clause by clause; empty where nobody pays.</summary>
    public required IReadOnlyList<Due> Dues { get; init; }

    /// <summary>What remains of <see cref="Dues"/> when they are set off; null where nobody pays, or more than two parties do.</summary>
    public Due? Pays => Due.Net(Dues);

    /// <summary>The index as compared with the limits; null where the rule has none or a mean is absent. It may exist although the result is indeterminate.</summary>
    public required ExactDecimal? Index { get; init; }

    /// <summary>The class, <c>I</c> to <c>V</c> or <c>worse-than-V</c>; null as for <see cref="Index"/>.</summary>
    public required string? WaterClass { get; init; }

    /// <summary>SHA-256 of <see cref="ToBytes"/>.</summary>
    public Digest Digest => Digest.Of(_bytes.Value);

    /// <summary>
    /// SHA-256 of the document without its cut: the same water gives the same verdict digest, whichever run of a station carried it
    /// and however often.
    /// </summary>
    public Digest VerdictDigest => Digest.Of(CanonicalJson.Write(Json.Without("cut")));

    /// <summary>The document in the form of RFC 8785, in a new array.</summary>
    public byte[] ToBytes() => [.. _bytes.Value];
}
