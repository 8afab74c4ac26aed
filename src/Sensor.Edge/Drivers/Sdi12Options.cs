namespace Sensor.Edge.Drivers;

/// <summary>Options of the driver <c>sdi12</c>: a probe on an SDI-12 line behind an adapter.</summary>
public sealed record Sdi12Options : DriverOptions
{
    /// <summary>The probe's address, one of <c>0-9 A-Z a-z</c>. The default is 0.</summary>
    public char Address { get; init; } = '0';

    /// <summary>What starts the measurement: <c>M</c>, <c>M1</c> to <c>M9</c>, <c>C</c>, <c>C1</c> to <c>C9</c> or <c>V</c>. The default is M.</summary>
    public string Command { get; init; } = "M";

    /// <summary>Whether a checksum is asked for and checked. The default is true, and false for <c>V</c>, which has none.</summary>
    public bool Crc { get; init; } = true;

    /// <summary>Whether the line sends the break before each command; false for an adapter that makes it itself. The default is true.</summary>
    public bool Break { get; init; } = true;

    /// <summary>Whether the adapter gives back what is sent. The default is false.</summary>
    public bool Echo { get; init; }

    /// <summary>The model that the probe has to name when it is asked who it is; null asks nothing.</summary>
    public string? Model { get; init; }

    /// <summary>What the probe's values are, in their order; null for one that is not wanted.</summary>
    public required IReadOnlyList<Sdi12Point?> Values { get; init; }
}

/// <summary>One value of a probe.</summary>
/// <param name="Parameter">National factor code.</param>
/// <param name="Unit">UCUM unit in which the probe gives it.</param>
/// <param name="Invalid">What the probe writes where it has no value, such as <c>-9999</c>.</param>
public sealed record Sdi12Point(string Parameter, string Unit, IReadOnlyList<string> Invalid);
