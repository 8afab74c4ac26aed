using Sensor.Contracts;
using Sensor.Ingest.Bundles;

namespace Sensor.Ingest.Api;

/// <summary>The evidence bundle of a signed outcome. One is made at a time, beside whatever else the service does.</summary>
internal static class BundleEndpoint
{
    private static readonly SemaphoreSlim One = new(1);

    public static async Task<IResult> AnswerAsync(IngestPipeline pipeline, Digest digest, CancellationToken stop)
    {
        if (pipeline.Outcomes.Find(digest) is not { } outcome)
        {
            return Endpoints.Unknown($"No outcome {digest} was issued here", "Look it up in /api/v1/outcomes");
        }

        await One.WaitAsync(stop);
        try
        {
            using var source = BundleSource.Open(pipeline.Configuration);
            return Results.Bytes(await Task.Run(() => new BundleMaker(source).Make(outcome), stop), "application/zip", $"{outcome.Agreement}-{outcome.Window}.bundle");
        }
        catch (ArgumentException e)
        {
            return Results.Problem(detail: e.Message, statusCode: StatusCodes.Status409Conflict, title: "The bundle cannot be made");
        }
        finally
        {
            One.Release();
        }
    }
}
