namespace Sensor.Contracts.Hj212;

/// <summary>How a family of stations departs from the common form. A frame does not tell which it is: Flag 8 to 11 is claimed twice; ST and the configured profile decide.</summary>
/// <remarks>
/// Only what is certain stands here. What DataTime marks, units, intervals and the offset of the clock differ between stations of one
/// dialect and are for the caller to know.
/// </remarks>
public sealed class Hj212Dialect
{
    private readonly Dictionary<string, string> _flags;
    private readonly bool _passesOthers;

    private Hj212Dialect(string name, int version, bool passesOthers, params (string Sent, string Ours)[] flags)
    {
        Name = name;
        AnswerFlag = version << 2;
        _passesOthers = passesOthers;
        _flags = flags.ToDictionary(f => f.Sent, f => f.Ours, StringComparer.Ordinal);
    }

    /// <summary>HJ/T 212-2005, version bits 0. Of its data flags only N is certain.</summary>
    public static Hj212Dialect Of2005 { get; } = new("2005", 0, passesOthers: false, ("N", "N"));

    /// <summary>HJ 212-2017, version bits 1. Its F says that the instrument was stopped, and its B that the link between instrument and logger failed: the reverse of what the letters mean here.</summary>
    public static Hj212Dialect Of2017 { get; } = new("2017", 1, passesOthers: false, ("N", "N"), ("F", "B"), ("M", "M"), ("S", "S"), ("D", "D"), ("C", "C"), ("T", "T"), ("B", "F"));

    /// <summary>Surface-water stations, version bits 2. Its flags have one or two letters and are those of <see cref="Contracts.Flag"/>.</summary>
    public static Hj212Dialect SurfaceWater { get; } = new("surface-water", 2, passesOthers: true);

    /// <summary>Every dialect.</summary>
    public static IReadOnlyList<Hj212Dialect> All { get; } = [Of2005, Of2017, SurfaceWater];

    /// <summary>2005, 2017 or surface-water.</summary>
    public string Name { get; }

    /// <summary>Flag of an answer: the version, no answer wanted, no packet numbers.</summary>
    public int AnswerFlag { get; }

    /// <summary>Whether a station of the dialect sends 9015 as a sign of life. HJ 212-2017 has none.</summary>
    public bool HasHeartbeat => this == SurfaceWater;

    /// <summary>The flag in the letters of <see cref="Contracts.Flag"/>, or null when its meaning is not certain.</summary>
    public string? FlagOf(string sent) => _flags.TryGetValue(sent, out var ours) ? ours : _passesOthers && Contracts.Flag.IsWellFormed(sent) ? sent : null;
}
