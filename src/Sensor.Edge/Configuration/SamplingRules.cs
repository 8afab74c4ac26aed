using Sensor.Contracts.Documents;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Configuration;

/// <summary>Whether a sampling plan fits its instrument and the station's actuators.</summary>
internal static class SamplingRules
{
    /// <summary>Every mistake, by the member of <c>sampling</c> that it concerns.</summary>
    public static IEnumerable<DocumentProblem> Problems(InstrumentConfiguration instrument, IReadOnlyList<ActuatorConfiguration> actuators)
    {
        if (instrument.Sampling is not { } plan)
        {
            return [];
        }

        return instrument.Cadence is { } cadence
            ? [.. Steps(plan, actuators), .. Power(plan, instrument.Timeout, actuators), .. Reads(plan, instrument, cadence)]
            : [new DocumentProblem("sampling", "is given to a driver that brings its own times", "Remove sampling")];
    }

    private static IEnumerable<DocumentProblem> Steps(SamplingConfiguration plan, IReadOnlyList<ActuatorConfiguration> actuators)
    {
        foreach (var (step, index) in plan.Before.Select((step, index) => (step, index)))
        {
            if (Find(actuators, step.Actuator) is not { } actuator)
            {
                yield return Unknown($"sampling.before[{index}].actuator", step.Actuator);
            }
            else if (step.Run > actuator.Options.LongestOn)
            {
                yield return new DocumentProblem($"sampling.before[{index}].run", $"is longer than {step.Actuator} may be on", $"Give at most {Durations.Format(actuator.Options.LongestOn)}, or raise its longestOn");
            }
        }
    }

    private static IEnumerable<DocumentProblem> Power(SamplingConfiguration plan, TimeSpan timeout, IReadOnlyList<ActuatorConfiguration> actuators)
    {
        if (plan.Power is not { } power)
        {
            yield break;
        }

        if (Find(actuators, power) is not { } actuator)
        {
            yield return Unknown("sampling.power", power);
        }
        else if (plan.LongestWith(timeout) > actuator.Options.LongestOn)
        {
            yield return new DocumentProblem("sampling.power", $"is needed for up to {Durations.Format(plan.LongestWith(timeout))}, longer than {power} may be on", "Raise its longestOn, or shorten the plan or the timeout");
        }
    }

    private static IEnumerable<DocumentProblem> Reads(SamplingConfiguration plan, InstrumentConfiguration instrument, TimeSpan cadence)
    {
        if (plan.Reads is < 1 or > SamplingConfiguration.MostReads || plan.Reads % 2 == 0)
        {
            yield return new DocumentProblem("sampling.reads", $"{plan.Reads} reads have no middle one", "Give an odd number");
        }

        if (plan.Reads > 1 && instrument.Options is PulseOptions)
        {
            yield return new DocumentProblem("sampling.reads", "would lose pulses between the reads", "Remove reads");
        }

        if (plan.LongestWith(instrument.Timeout) > cadence)
        {
            yield return new DocumentProblem("sampling", $"takes up to {Durations.Format(plan.LongestWith(instrument.Timeout))}, timeouts included, longer than the cadence", "Shorten the plan or the timeout, or lengthen the cadence");
        }
    }

    private static ActuatorConfiguration? Find(IReadOnlyList<ActuatorConfiguration> actuators, string id) => actuators.FirstOrDefault(actuator => actuator.Id == id);

    private static DocumentProblem Unknown(string member, string id) => new(member, $"'{id}' is not one of the station's actuators", "Add the actuator or correct its id");
}
