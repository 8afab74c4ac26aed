namespace Sensor.Contracts.Hj212;

/// <summary>What one frame says: the fields before CP, and the data area as items of fields.</summary>
/// <remarks>Texts stand as they were sent, without blanks around them. Immutable and thread-safe.</remarks>
public sealed record Hj212Message
{
    /// <summary>QN, <c>yyyyMMddHHmmsszzz</c>: names one exchange. Null where the sender left it out, as senders of 2005 do.</summary>
    public string? Exchange { get; init; }

    /// <summary>ST, the system code: 21 surface water, 32 water source, 91 interaction.</summary>
    public required string System { get; init; }

    /// <summary>CN, the command code: 2011 real-time data, 9014 the answer to data.</summary>
    public required string Command { get; init; }

    /// <summary>PW, the password, in the clear; null where it was left out.</summary>
    public string? Password { get; init; }

    /// <summary>MN, the identity of the data logger.</summary>
    public required string Station { get; init; }

    /// <summary>Flag, 0 to 255: bit 0 asks for an answer, bit 1 says that packet numbers follow, the others are the version. Null where it was left out.</summary>
    public int? Flag { get; init; }

    /// <summary>PNUM, the number of packets, or null.</summary>
    public int? Packets { get; init; }

    /// <summary>PNO, the number of this packet from 1, or null.</summary>
    public int? Packet { get; init; }

    /// <summary>Fields before CP that are not of the standard of 2017, in their order.</summary>
    public IReadOnlyList<Hj212Field> Others { get; init; } = [];

    /// <summary>The items of the data area.</summary>
    public IReadOnlyList<Hj212Item> Items { get; init; } = [];

    /// <summary>Where the sender departs from the standard in a way that leaves no doubt, in words.</summary>
    public IReadOnlyList<string> Irregularities { get; init; } = [];

    /// <summary>Whether the sender asks for an answer.</summary>
    public bool WantsAnswer => (Flag & 1) == 1;

    /// <summary>DataTime as it was sent, or null.</summary>
    public string? DataTime => Value("DataTime");

    /// <summary>The first value of a name in the data area, or null.</summary>
    public string? Value(string name) => Items.SelectMany(i => i.Fields).FirstOrDefault(f => f.Name == name)?.Value;
}

/// <summary>Fields of the data area that belong together.</summary>
/// <param name="Fields">In the order of the frame.</param>
public sealed record Hj212Item(IReadOnlyList<Hj212Field> Fields)
{
    /// <summary>As it stands on the line.</summary>
    public override string ToString() => string.Join(',', Fields);
}

/// <summary>A name and its value.</summary>
/// <param name="Name">Such as <c>w01019-Rtd</c>.</param>
/// <param name="Value">Such as <c>1.40</c>; may be empty.</param>
public sealed record Hj212Field(string Name, string Value)
{
    /// <summary>As it stands on the line.</summary>
    public override string ToString() => $"{Name}={Value}";
}
