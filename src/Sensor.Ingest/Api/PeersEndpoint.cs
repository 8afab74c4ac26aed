using System.Text.Json;
using Sensor.Contracts;
using Sensor.Ingest.Peers;

namespace Sensor.Ingest.Api;

/// <summary>How this operator and another one stand to each other about a window.</summary>
/// <param name="Operator">The other operator.</param>
/// <param name="Agreement">The agreement's id.</param>
/// <param name="Section">The section.</param>
/// <param name="Window">The window's name.</param>
/// <param name="State">proposed, agreed, disputed or unanswered.</param>
/// <param name="Own">The digest of the outcome that stands here; null for none.</param>
/// <param name="Theirs">The digest of the outcome that stands there; null for none.</param>
/// <param name="Changes">What differs between the two, first the records on which they rest.</param>
/// <param name="Effect">How much more a party gets by theirs; null where no payment differs.</param>
/// <param name="Fault">What does not hold in their evidence; null where it holds or was not asked for.</param>
/// <param name="Histories">Their signed outcomes of which none takes the place of another, where there are several.</param>
public sealed record PeerStandingView(
    string Operator, string Agreement, string Section, string Window, string State, string? Own, string? Theirs, IReadOnlyList<JsonElement> Changes, JsonElement? Effect, string? Fault, IReadOnlyList<string>? Histories)
{
    internal static PeerStandingView Of(PeerStanding s) => new(
        s.Peer, s.Agreement, s.Section, s.Window, WordOf(s.State), s.Own?.ToString(), s.Theirs?.ToString(),
        [.. s.Changes.Select(c => Json(c.ToJson()))], s.Effect is { } effect ? Json(effect.ToJson()) : null, s.Fault,
        s.Histories.Count > 1 ? [.. s.Histories.Select(h => h.ToString())] : null);

    private static string WordOf(PeerState state) => state switch
    {
        PeerState.Proposed => "proposed",
        PeerState.Agreed => "agreed",
        PeerState.Disputed => "disputed",
        _ => "unanswered",
    };

    private static JsonElement Json(Compliance.Outcomes.JsonObject json) => JsonElement.Parse(Compliance.Outcomes.CanonicalJson.Write(json));
}

/// <summary>The other operators, and what they signed.</summary>
internal static class PeersEndpoint
{
    /// <summary>The operators, and how the last round with each went.</summary>
    public static IResult List(IngestPipeline pipeline, JsonSerializerOptions json) =>
        Results.Json(pipeline.Peers.Operators.Select(p => new { @operator = p.Peer.Operator, url = p.Peer.Url, problem = p.Problem }), json);

    /// <summary>How things stand about every window.</summary>
    public static IResult Windows(IngestPipeline pipeline, JsonSerializerOptions json) => Results.Json(pipeline.Peers.Standings().Select(PeerStandingView.Of), json);

    /// <summary>What another operator signed, <c>DIGEST</c>, or its signature, <c>DIGEST.jws</c>.</summary>
    public static IResult One(IngestPipeline pipeline, string peer, string name)
    {
        var signature = name.EndsWith(".jws", StringComparison.Ordinal);
        return !Digest.TryParse(signature ? name[..^4] : name, out var digest)
            ? Endpoints.Bad($"'{name}' is not a digest", "Give the 64 hexadecimal digits of an outcome of /api/v1/peers/windows, with .jws behind them for its signature")
            : pipeline.Peers.Find(peer, digest) is not { } statement
                ? Endpoints.Unknown($"No outcome {digest} of {peer} was seen here", "Look it up in /api/v1/peers/windows")
                : signature ? Results.Text(statement.Jws, "application/jose") : Results.Bytes(statement.Document, "application/json");
    }
}
