using Sensor.Compliance.Cuts;
using System.Text.Json;
using Sensor.Contracts;
using Sensor.Ingest.Samples;

namespace Sensor.Ingest.Api;

/// <summary>A file of joint samples.</summary>
/// <param name="Digest">SHA-256 of its exact bytes; outcomes that rest on it name it in their cut.</param>
/// <param name="Results">How many results it states.</param>
/// <param name="Reason">Why it supersedes what was stated before, where it does.</param>
/// <param name="RecordedAt">When it was entered here.</param>
/// <param name="RecordedBy">Who entered it.</param>
public sealed record SamplesView(string Digest, int Results, string? Reason, string RecordedAt, string RecordedBy);

/// <summary>The files of joint samples, their bytes, and what the halves come to.</summary>
internal static class SamplesEndpoint
{
    /// <summary>Every file, in the order of entering.</summary>
    public static IResult List(IngestPipeline pipeline, JsonSerializerOptions json) => Results.Json(
        pipeline.Samples.All().Select(s => new SamplesView(s.Digest.ToString(), s.Lines.Count, s.Reason, s.RecordedAt.ToString(), s.RecordedBy)), json);

    /// <summary>The bytes of a file.</summary>
    public static IResult One(IngestPipeline pipeline, string name) => !Digest.IsWritten(name)
        ? Endpoints.Bad($"'{name}' is not a digest", "Give the 64 hexadecimal digits of a file of /api/v1/samples")
        : pipeline.Samples.All().FirstOrDefault(s => s.Digest == Digest.Parse(name)) is { } entered
            ? Results.Bytes(entered.Bytes, "text/csv; charset=utf-8")
            : Endpoints.Unknown($"No samples {name} were entered here", "Look them up in /api/v1/samples");

    /// <summary>Every sample and parameter of all agreements, or of one.</summary>
    public static IResult Compared(IngestPipeline pipeline, string? agreement)
    {
        var chosen = pipeline.Evaluator.Agreements.Where(a => agreement is null || a.Id == agreement).ToList();
        var comparison = new SampleComparison(new WindowSamples(pipeline.Samples.All().Select(s => s.InCut)), pipeline.Desk.InEffect);
        return chosen.Count == 0 && agreement is not null
            ? Endpoints.Unknown($"No agreement '{agreement}' is evaluated here", "Look it up in /api/v1/agreements")
            : Results.Text($"[{string.Join(',', chosen.SelectMany(comparison.Of))}]", "application/json; charset=utf-8");
    }
}
