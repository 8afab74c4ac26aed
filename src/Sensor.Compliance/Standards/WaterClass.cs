namespace Sensor.Compliance.Standards;

/// <summary>A water quality class; a greater one is worse. Source: GB 3838-2002, clause 3; worse than V as in 环办〔2011〕22号.</summary>
public enum WaterClass
{
    /// <summary>Class I.</summary>
    I = 1,

    /// <summary>Class II.</summary>
    II = 2,

    /// <summary>Class III.</summary>
    III = 3,

    /// <summary>Class IV.</summary>
    IV = 4,

    /// <summary>Class V.</summary>
    V = 5,

    /// <summary>Fails class V, 劣Ⅴ类.</summary>
    WorseThanV = 6,
}

/// <summary>The names of water quality classes.</summary>
public static class WaterClassNames
{
    private static readonly string[] English = ["I", "II", "III", "IV", "V", "worse-than-V"];
    private static readonly string[] Chinese = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ"];

    /// <summary>The name that documents and outcomes use: <c>I</c> to <c>V</c> or <c>worse-than-V</c>.</summary>
    public static string Name(this WaterClass waterClass) => English[(int)waterClass - 1];

    /// <summary>The Chinese name, with the Roman numerals that bulletins print: <c>Ⅰ</c> to <c>Ⅴ</c> or <c>劣Ⅴ</c>.</summary>
    public static string NameZh(this WaterClass waterClass) => Chinese[(int)waterClass - 1];

    /// <summary>Reads <see cref="Name"/> or <see cref="NameZh"/>.</summary>
    public static bool TryParse(string text, out WaterClass waterClass)
    {
        var index = int.Max(Array.IndexOf(English, text), Array.IndexOf(Chinese, text));
        waterClass = (WaterClass)(index + 1);
        return index >= 0;
    }
}
