using Sensor.Contracts.Documents;

namespace Sensor.Edge.Configuration;

/// <summary>Reads the member <c>sampling</c> of an instrument; whether it fits the instrument, <see cref="SamplingRules"/> says.</summary>
internal static class SamplingReader
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    public static SamplingConfiguration? Read(StrictObject? sampling)
    {
        if (sampling is null)
        {
            return null;
        }

        var defaults = new SamplingConfiguration();
        var read = new SamplingConfiguration
        {
            Before = [.. sampling.Children("before").Select(Step)],
            Power = sampling.OptionalText("power", expected: "the id of an actuator") is { Length: > 0 } power ? power : null,
            WarmUp = InstrumentReader.Span(sampling, "warmUp", TimeSpan.Zero, Longest) ?? defaults.WarmUp,
            Stabilise = InstrumentReader.Span(sampling, "stabilise", TimeSpan.Zero, Longest) ?? defaults.Stabilise,
            Reads = (int)sampling.Whole("reads", 1, SamplingConfiguration.MostReads, defaults.Reads),
            Every = InstrumentReader.Span(sampling, "every", TimeSpan.Zero, Longest) ?? defaults.Every,
        };
        sampling.End();
        return read;
    }

    private static SamplingStep Step(StrictObject entry)
    {
        var actuator = entry.Text("actuator", expected: "the id of an actuator");
        bool Fits(string text) => Durations.TryParse(text, out var span) && span > TimeSpan.Zero && span <= Longest;
        var run = Durations.TryParse(entry.Text("run", Fits, $"{Durations.Expected}, at most {Durations.Format(Longest)}"), out var span) ? span : TimeSpan.Zero;
        entry.End();
        return new SamplingStep(actuator, run);
    }
}
