namespace Sensor.Compliance.Standards;

/// <summary>How the water changed from one period to another; a greater one is a change for the better. Source: 环办〔2011〕22号, 水质变化.</summary>
public enum QualityChange
{
    /// <summary>Clearly worse, 明显变差.</summary>
    ClearlyWorse = -2,

    /// <summary>Somewhat worse, 有所变差.</summary>
    SomewhatWorse = -1,

    /// <summary>No clear change, 无明显变化.</summary>
    NoClearChange = 0,

    /// <summary>Somewhat better, 有所好转.</summary>
    SomewhatBetter = 1,

    /// <summary>Clearly better, 明显好转.</summary>
    ClearlyBetter = 2,
}

/// <summary>The names of changes.</summary>
public static class QualityChangeNames
{
    private static readonly string[] English = ["clearly worse", "somewhat worse", "no clear change", "somewhat better", "clearly better"];
    private static readonly string[] Chinese = ["明显变差", "有所变差", "无明显变化", "有所好转", "明显好转"];

    /// <summary>The English name, such as <c>somewhat better</c>.</summary>
    public static string Name(this QualityChange change) => English[(int)change + 2];

    /// <summary>The Chinese name, such as <c>有所好转</c>.</summary>
    public static string NameZh(this QualityChange change) => Chinese[(int)change + 2];
}
