using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Commanding;

/// <summary>A command of this operator to a station, and what became of it.</summary>
/// <param name="Command">The command.</param>
/// <param name="Envelope">Its signed envelope.</param>
/// <param name="Document">The document that goes with it; null for none.</param>
/// <param name="By">Who ordered it.</param>
/// <param name="Answer">The station's answer; null while it waits.</param>
internal sealed record SentCommand(Command Command, Envelope Envelope, byte[]? Document, string By, CommandAnswer? Answer)
{
    /// <summary>As a line of the list.</summary>
    public override string ToString() =>
        $"{Command.Station} {Command.Sequence} {Command.Name} {string.Join(' ', Command.Arguments.Select(a => $"{a.Name}={a.Value}"))} ({By}): {Answer?.ToString() ?? "waiting"}".Replace("  ", " ", StringComparison.Ordinal);
}

/// <summary>What a station answered, and in which record.</summary>
/// <param name="Obeyed">Whether it obeyed.</param>
/// <param name="Reason">Why it did not.</param>
/// <param name="Run">The run of the record.</param>
/// <param name="Sequence">The sequence of the record.</param>
internal sealed record CommandAnswer(bool Obeyed, string? Reason, LifeId Run, long Sequence)
{
    public override string ToString() => $"{(Obeyed ? "obeyed" : $"refused, {Reason}")} (record {Run}/{Sequence})";
}
