using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Ingest.Samples;

/// <summary>What one line of a file of joint samples is about: a laboratory's result of one parameter in the sample of a section and moment.</summary>
internal sealed record SampleResult(string Section, Instant Moment, string Parameter, string Laboratory, string Instrument)
{
    /// <summary>What an observation is about.</summary>
    public static SampleResult Of(Observation o) => new(o.Section, o.SampledTo, o.Parameter, o.Series, o.Instrument);
}
