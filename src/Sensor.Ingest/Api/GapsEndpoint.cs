using System.Text.Json;
using Sensor.Ingest.Gaps;

namespace Sensor.Ingest.Api;

/// <summary>What lacks of runs, and what will never come.</summary>
internal static class GapsEndpoint
{
    public static IResult Answer(IngestPipeline pipeline, JsonSerializerOptions json) =>
        Results.Json(new { open = pipeline.Gaps.Views(), closed = ClosedGapView.All(pipeline.Evidence) }, json);
}
