namespace Sensor.Contracts;

/// <summary>
/// The instrument's or station's own statement about a reading, in the letters of China's surface-water monitoring network
/// (HJ 212-2017 uses some of the letters differently; see docs/wire.md).
/// </summary>
/// <param name="Code">The letters on the wire, 1 or 2 of <c>[A-Za-z]</c>.</param>
/// <param name="Meaning">What it says, in English.</param>
/// <param name="MeaningZh">What it says, in Simplified Chinese.</param>
/// <param name="Use">What a decision may do with a reading that carries it.</param>
public sealed record Flag(string Code, string Meaning, string MeaningZh, FlagUse Use)
{
    /// <summary>Every known flag, by its letters.</summary>
    public static IReadOnlyDictionary<string, Flag> Known { get; } = new Flag[]
    {
        new("N", "normal", "正常", FlagUse.Usable),
        new("L", "below lower limit or detection limit", "低于检出限", FlagUse.BelowDetection),
        new("T", "over upper limit of the range", "超上限", FlagUse.AboveRange),
        new("F", "instrument communication fault", "仪器通信故障", FlagUse.Unusable),
        new("M", "maintenance or debugging", "维护调试数据", FlagUse.Unusable),
        new("S", "manual input", "手工输入", FlagUse.Unusable),
        new("D", "instrument fault", "仪器故障", FlagUse.Unusable),
        new("C", "calibration", "校准", FlagUse.Unusable),
        new("B", "instrument off line", "仪器离线", FlagUse.Unusable),
        new("P", "power failure", "电源故障", FlagUse.Unusable),
        new("Z", "no water at the intake", "取水点无水样", FlagUse.NoWater),
        new("hd", "on-site start test", "现场启动测试", FlagUse.Unusable),
        new("ra", "spike recovery test", "加标回收", FlagUse.Unusable),
        new("pt", "parallel test", "平行样测试", FlagUse.Unusable),
        new("lr", "lacks reagent", "缺试剂", FlagUse.Unusable),
        new("lp", "lacks pure water", "缺纯水", FlagUse.Unusable),
        new("lw", "lacks sample water", "缺水样", FlagUse.NoWater),
        new("ls", "lacks standard solution", "缺标样", FlagUse.Unusable),
    }.ToDictionary(f => f.Code, StringComparer.Ordinal);

    /// <summary>Whether a text can be a flag on the wire, known or not.</summary>
    public static bool IsWellFormed(string? code) => code is { Length: 1 or 2 } && char.IsAsciiLetter(code[0]) && char.IsAsciiLetter(code[^1]);

    /// <summary>What a decision may do with a reading flagged so; an unknown flag is <see cref="FlagUse.Unusable"/>.</summary>
    public static FlagUse UseOf(string code) => Known.TryGetValue(code, out var flag) ? flag.Use : FlagUse.Unusable;
}

/// <summary>What a decision may do with a flagged reading.</summary>
public enum FlagUse
{
    /// <summary>The value stands for the water.</summary>
    Usable,

    /// <summary>Below detection: usable only as a censored value, and only where the detection limit is known.</summary>
    BelowDetection,

    /// <summary>Above the measuring range: may show that a limit is exceeded, never that it is met.</summary>
    AboveRange,

    /// <summary>The value does not stand for the water.</summary>
    Unusable,

    /// <summary>There was no water: a question of exemption, not a gap of the instrument.</summary>
    NoWater,
}
