using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Sensor.Ingest.Tracing;

/// <summary>Records one of so many messages, and whatever follows from one that is recorded, so that a chain is whole or not there.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ChainSampler(int oneIn) : Sampler
{
    private readonly TraceIdRatioBasedSampler _roots = new(1.0 / oneIn);

    public override SamplingResult ShouldSample(in SamplingParameters parameters)
    {
        if (parameters.ParentContext.TraceId != default)
        {
            return Of(parameters.ParentContext.TraceFlags);
        }

        return parameters.Links?.Any() == true
            ? Of(parameters.Links.Aggregate(ActivityTraceFlags.None, (flags, link) => flags | link.Context.TraceFlags))
            : _roots.ShouldSample(parameters);
    }

    private static SamplingResult Of(ActivityTraceFlags flags) => new(flags.HasFlag(ActivityTraceFlags.Recorded));
}
