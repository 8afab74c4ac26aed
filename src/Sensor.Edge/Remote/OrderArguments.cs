using Sensor.Contracts;

namespace Sensor.Edge.Remote;

/// <summary>Reads the arguments of a command; what nobody asked for is refused, because it would be obeyed in part.</summary>
internal sealed class OrderArguments(Command command)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>An argument, or null.</summary>
    public string? Optional(string name)
    {
        _asked.Add(name);
        return command.Arguments.FirstOrDefault(a => a.Name == name)?.Value;
    }

    /// <exception cref="RefusedOrderException">It is missing.</exception>
    public string Required(string name) => Optional(name) ?? throw new RefusedOrderException($"the argument '{name}' is missing");

    /// <summary>Hexadecimal digits of a length, in small letters.</summary>
    /// <exception cref="RefusedOrderException">It is missing or is something else.</exception>
    public string Hexadecimal(string name, int digits) => Required(name) is var text && text.Length == digits && text.All(char.IsAsciiHexDigitLower)
        ? text
        : throw new RefusedOrderException($"'{name}' has not {digits} hexadecimal digits");

    /// <summary>A whole number within bounds.</summary>
    /// <exception cref="RefusedOrderException">It is missing or is none.</exception>
    public long Whole(string name, long least, long most) =>
        long.TryParse(Required(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new RefusedOrderException($"'{name}' is not a whole number from {least} to {most}");

    /// <summary>Ends the reading.</summary>
    /// <exception cref="RefusedOrderException">There are others.</exception>
    public void End()
    {
        if (command.Arguments.FirstOrDefault(a => !_asked.Contains(a.Name)) is { } other)
        {
            throw new RefusedOrderException($"the argument '{other.Name}' is not known");
        }
    }
}
