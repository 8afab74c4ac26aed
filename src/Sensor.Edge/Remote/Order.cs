using Sensor.Contracts;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Remote;

/// <summary>A command that an operator has truly signed for this station.</summary>
/// <param name="Envelope">The envelope, embedded whole in the record that answers.</param>
/// <param name="Command">What it says.</param>
internal sealed record Order(Envelope Envelope, Command Command)
{
    /// <summary>Whether another operator orders the same.</summary>
    public bool IsSameAs(Order other) => Command.Name == other.Command.Name && Command.Arguments.SequenceEqual(other.Command.Arguments);
}
