using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Api;

/// <summary>The read-only API under /api/v1 and the first page; docs/operator.md describes them.</summary>
internal static class Endpoints
{
    // Chinese names stay readable; the answers are never put into HTML.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Adds every address.</summary>
    public static void Map(WebApplication web, IngestPipeline pipeline)
    {
        var views = web.Services.GetRequiredService<Views>();
        web.MapGet("/", (HttpContext context) => Pages.FirstPageAnswer.Of(context, pipeline, views));
        web.MapGet("/health", () => Health(pipeline));
        var api = web.MapGroup("/api/v1");
        api.MapGet("/operator", () => Results.Json(Operator(pipeline), Json));
        api.MapGet("/sections", () => Results.Json(views.Sections(), Json));
        api.MapGet("/stations", () => Results.Json(views.Stations(), Json));
        api.MapGet("/gaps", () => GapsEndpoint.Answer(pipeline, Json));
        api.MapGet("/alerts", (HttpRequest request) => AlertsEndpoint.Answer(request, pipeline, Json));
        api.MapGet("/observations", (HttpRequest request) => ObservationsEndpoint.Answer(request, pipeline, Json));
        api.MapGet("/agreements", () => Results.Json(pipeline.Evaluator.Agreements.SelectMany(a => a.Versions).Select(AgreementView.Of), Json));
        api.MapGet("/windows", () => Results.Json(WindowView.All(pipeline.Outcomes), Json));
        api.MapGet("/outcomes", () => Results.Json(pipeline.Outcomes.All().Select(OutcomeView.Of), Json));
        api.MapGet("/outcomes/{name}", (string name, CancellationToken stop) => OutcomeAsync(pipeline, name, stop));
        api.MapGet("/peers", () => PeersEndpoint.List(pipeline, Json));
        api.MapGet("/peers/windows", () => PeersEndpoint.Windows(pipeline, Json));
        api.MapGet("/peers/{peer}/outcomes/{name}", (string peer, string name) => PeersEndpoint.One(pipeline, peer, name));
        api.MapGet("/evidence/runs", (long? from) => RecordsEndpoint.Runs(pipeline, from, Json));
        api.MapGet("/evidence/records", (HttpRequest request) => RecordsEndpoint.Records(pipeline, request));
        api.MapGet("/determinations", () => DeterminationsEndpoint.List(pipeline, Json));
        api.MapGet("/determinations/{name}", (string name) => DeterminationsEndpoint.One(pipeline, name));
        api.MapGet("/samples", () => SamplesEndpoint.List(pipeline, Json));
        api.MapGet("/samples/compared", (string? agreement) => SamplesEndpoint.Compared(pipeline, agreement));
        api.MapGet("/samples/{name}", (string name) => SamplesEndpoint.One(pipeline, name));
        api.MapGet("/late-findings/{name}", (string name) => LateFinding(pipeline, name));
        api.MapGet("/evidence/checkpoint", () => Checkpoint(pipeline));
        EvidenceEndpoints.Map(api, pipeline, Json);
    }

    private static IResult Checkpoint(IngestPipeline pipeline)
    {
        var restored = new RestoreNotes(pipeline.Evidence).All().Select(note => new { time = note.Time.ToString(), size = note.Log.Size, root = note.Log.Root.ToString() });
        return Results.Json(new { size = pipeline.Checkpoint.Size, root = pipeline.Checkpoint.Root.ToString(), restored }, Json);
    }

    /// <summary>The answer to a question that cannot be understood: what is wrong and what to ask instead.</summary>
    public static IResult Bad(string what, string remedy) =>
        Results.Problem(detail: what, statusCode: StatusCodes.Status400BadRequest, title: "The question cannot be answered", extensions: new Dictionary<string, object?> { ["remedy"] = remedy });

    private static object Operator(IngestPipeline pipeline) => new
    {
        @operator = pipeline.Configuration.Operator,
        deployment = pipeline.Configuration.Deployment,
        keyId = pipeline.Key.Public.Id.ToString(),
        publicKey = pipeline.Key.Public.Pem,
    };

    private static IResult Health(IngestPipeline pipeline) => Results.Json(
        new { status = pipeline.Listener.Connected ? "ok" : "no-broker", @operator = pipeline.Configuration.Operator, deployment = pipeline.Configuration.Deployment, logSize = pipeline.Checkpoint.Size, influx = Influx(pipeline.Influx), limited = LimitedView.All(pipeline.Rates) },
        Json,
        statusCode: pipeline.Listener.Connected ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    private static object? Influx(Projection.ProjectionService? influx) => influx is null
        ? null
        : new { state = influx.Status.State, detail = influx.Status.Detail, lag = influx.Lag, failures = influx.Meters.Failures, refusedPoints = influx.Meters.Refused };

    private static async Task<IResult> OutcomeAsync(IngestPipeline pipeline, string name, CancellationToken stop)
    {
        var signature = name.EndsWith(".jws", StringComparison.Ordinal);
        var bundle = name.EndsWith(".bundle", StringComparison.Ordinal);
        var hex = signature ? name[..^4] : bundle ? name[..^7] : name;
        if (!Digest.TryParse(hex, out var digest))
        {
            return Bad($"'{name}' is not a digest", "Give the 64 hexadecimal digits of an outcome of /api/v1/outcomes, with .jws behind them for its signature or .bundle for its evidence");
        }

        return bundle ? await BundleEndpoint.AnswerAsync(pipeline, digest, stop) : pipeline.Outcomes.Find(digest) is not { } outcome
            ? Unknown($"No outcome {hex} was issued here", "Look it up in /api/v1/outcomes")
            : signature
                ? Results.Text(outcome.Jws, "application/jose")
                : Results.Bytes(outcome.Document, "application/json");
    }

    private static IResult LateFinding(IngestPipeline pipeline, string name) => !Digest.TryParse(name, out var digest)
        ? Bad($"'{name}' is not a digest", "Give the 64 hexadecimal digits of a late finding of /api/v1/windows")
        : pipeline.Outcomes.FindLate(digest) is { } document
            ? Results.Bytes(document, "application/json")
            : Unknown($"{name} is not the newest late finding of any window", "Look it up in /api/v1/windows");

    public static IResult Unknown(string what, string remedy) =>
        Results.Problem(detail: what, statusCode: StatusCodes.Status404NotFound, extensions: new Dictionary<string, object?> { ["remedy"] = remedy });
}
