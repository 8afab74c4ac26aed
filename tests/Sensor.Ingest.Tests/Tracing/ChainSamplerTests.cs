using System.Diagnostics;
using OpenTelemetry.Trace;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest.Tests.Tracing;

public sealed class ChainSamplerTests
{
    private static readonly ActivityTraceId Trace = ActivityTraceId.CreateFromString("70000000000000007000000000000000");

    [Fact]
    public void ShouldSample_RootWithoutLinks_FollowsTheRatio()
    {
        Assert.Equal(SamplingDecision.RecordAndSample, Decide(1, default));
        Assert.Equal(SamplingDecision.Drop, Decide(1_000_000, default));
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData(ActivityTraceFlags.None, SamplingDecision.Drop)]
    public void ShouldSample_LinkOrParent_DecidesWhateverTheRatio(ActivityTraceFlags flags, SamplingDecision expected)
    {
        var before = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags);

        Assert.Equal(expected, Decide(1_000_000, default, before));
        Assert.Equal(expected, Decide(1, default, before));
        Assert.Equal(expected, Decide(1_000_000, before));
        Assert.Equal(expected, Decide(1, before));
    }

    private static SamplingDecision Decide(int oneIn, ActivityContext parent, params ActivityContext[] links) =>
        new ChainSampler(oneIn).ShouldSample(new SamplingParameters(parent, Trace, "span", ActivityKind.Internal, null, links.Select(l => new ActivityLink(l)))).Decision;
}
