using System.Globalization;
using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Checkpoints;

namespace Sensor.Ingest.Api;

/// <summary>The evidence log for whoever does not trust its operator: signed checkpoints and the proofs of RFC 9162 between them.</summary>
internal static class EvidenceEndpoints
{
    private const string Note = "text/plain; charset=utf-8";
    private const string Published = "Ask /api/v1/evidence/checkpoints/latest for the newest, and use the sizes of checkpoints that you were shown";

    /// <summary>Adds the addresses.</summary>
    public static void Map(RouteGroupBuilder api, IngestPipeline pipeline, JsonSerializerOptions json)
    {
        var desk = pipeline.Checkpoints;
        api.MapGet("/evidence/logs", () => Results.Json(desk.Logs().Select(log => new { log = log.Origin.ToString(), size = log.Latest?.Checkpoint.Size, continues = View(log.Latest?.Checkpoint.Continues) }), json));
        api.MapGet("/evidence/checkpoints/latest", () => desk.Latest is { } note ? Results.Bytes(note.Bytes.ToArray(), Note) : Endpoints.Unknown("No checkpoint was published yet", "Ask again in a minute"));
        api.MapGet("/evidence/checkpoints/{size}", (string size) => CheckpointAt(desk, size));
        api.MapGet("/evidence/inclusion/{digest}", (string digest, HttpRequest request) => Inclusion(pipeline, digest, request, json));
        api.MapGet("/evidence/findings", () => Results.Json(pipeline.Findings().Select(View), json));
        api.MapGet("/evidence/consistency", (HttpRequest request) => Consistency(desk, request));
    }

    private static object View(LogFinding finding) => new
    {
        finding = finding.Name,
        @operator = finding.Claim.Operator,
        size = finding.Claim.Size,
        root = finding.Claim.Root.ToString(),
        rootShown = finding.RootShown?.ToString(),
        words = finding.Words,
        claim = Convert.ToBase64String(finding.Claim.Bytes.Span),
        shown = Convert.ToBase64String(finding.Shown.Bytes.Span),
    };

    private static object? View(ContinuedLog? log) => log is null ? null : new { log = log.Log.ToString(), size = log.Size, root = log.Root.ToString() };

    private static IResult CheckpointAt(CheckpointDesk desk, string text) => !TrySize(text, out var size)
        ? Endpoints.Bad($"'{text}' is not a size", "Give the number of records of a checkpoint, or 'latest'")
        : desk.At(size) is { } note ? Results.Bytes(note.Bytes.ToArray(), Note) : Endpoints.Unknown($"No checkpoint of {size} records was published", Published);

    private static IResult Inclusion(IngestPipeline pipeline, string name, HttpRequest request, JsonSerializerOptions json)
    {
        if (!Digest.TryParse(name, out var digest))
        {
            return Endpoints.Bad($"'{name}' is not a digest", "Give the 64 hexadecimal digits of a record, as docs/wire.md defines its digest");
        }

        if (Ask(request, ["size"]) is { } bad)
        {
            return bad;
        }

        if (Size(pipeline.Checkpoints, request, "size", out var checkpoint) is { } problem)
        {
            return problem;
        }

        var index = pipeline.Evidence.Number("SELECT idx FROM evidence WHERE digest = $1", digest.ToArray());
        return index is not { } place || place >= checkpoint.Size
            ? Endpoints.Unknown($"The record {digest} is not among the first {checkpoint.Size} of the log", index is null ? "Compare the digest; the station sends a record again that no receipt covers" : $"Ask with a size above {index}")
            : Results.Json(
                new { log = checkpoint.Origin.ToString(), index = place, size = checkpoint.Size, root = checkpoint.Root.ToString(), hashes = Hex(MerkleTree.Inclusion(place, checkpoint.Size, pipeline.Checkpoints.Tree.Subtree)) },
                json);
    }

    private static IResult Consistency(CheckpointDesk desk, HttpRequest request)
    {
        if (Ask(request, ["from", "to"]) is { } bad)
        {
            return bad;
        }

        if (!TrySize(request.Query["from"].ToString(), out var from))
        {
            return Endpoints.Bad($"from '{request.Query["from"]}' is not a size", "Give the size that an earlier checkpoint or receipt states");
        }

        return Size(desk, request, "to", out var to) is { } problem ? problem
            : from > to.Size ? Endpoints.Bad($"from {from} is above to {to.Size}", "Give the smaller size with from")
            : Results.Bytes(new ConsistencyProof(to.Origin, from, to.Size, MerkleTree.Consistency(from, to.Size, desk.Tree.Subtree)).ToBytes(), "application/json");
    }

    /// <summary>The published checkpoint that a question names by its size; the newest where it names none.</summary>
    private static IResult? Size(CheckpointDesk desk, HttpRequest request, string member, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        var text = request.Query[member].ToString();
        var size = 0L;
        if (text.Length > 0 && !TrySize(text, out size))
        {
            return Endpoints.Bad($"{member} '{text}' is not a size", "Give the size of a published checkpoint, or leave it out for the newest");
        }

        var note = text.Length == 0 ? desk.Latest : desk.At(size);
        checkpoint = note?.Checkpoint!;
        return note is not null ? null
            : text.Length == 0 ? Endpoints.Unknown("No checkpoint was published yet", "Ask again in a minute")
            : Endpoints.Unknown($"No checkpoint of {size} records was published, so that nothing signed would vouch for the proof", Published);
    }

    private static IResult? Ask(HttpRequest request, string[] known) => request.Query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } other
        ? Endpoints.Bad($"'{other}' is not a known question", $"Known here are {string.Join(", ", known)}")
        : null;

    private static bool TrySize(string text, out long size) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size);

    private static IEnumerable<string> Hex(IEnumerable<Digest> hashes) => hashes.Select(h => h.ToString());
}
