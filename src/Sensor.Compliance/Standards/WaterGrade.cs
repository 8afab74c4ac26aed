namespace Sensor.Compliance.Standards;

/// <summary>
/// The state of the water at a section or in a river, 水质状况; a greater one is worse.
/// Source: 环办〔2011〕22号, qualitative evaluation of sections and of rivers.
/// </summary>
public enum WaterGrade
{
    /// <summary>Excellent, 优: class I or II.</summary>
    Excellent = 1,

    /// <summary>Good, 良好: class III.</summary>
    Good = 2,

    /// <summary>Light pollution, 轻度污染: class IV.</summary>
    LightPollution = 3,

    /// <summary>Moderate pollution, 中度污染: class V.</summary>
    ModeratePollution = 4,

    /// <summary>Heavy pollution, 重度污染: worse than class V.</summary>
    HeavyPollution = 5,
}

/// <summary>The grade of a class, and the names and colours of grades.</summary>
public static class WaterGrades
{
    private static readonly string[] English = ["excellent", "good", "light pollution", "moderate pollution", "heavy pollution"];
    private static readonly string[] Chinese = ["优", "良好", "轻度污染", "中度污染", "重度污染"];
    private static readonly string[] Colours = ["blue", "green", "yellow", "orange", "red"];
    private static readonly string[] ColoursZh = ["蓝色", "绿色", "黄色", "橙色", "红色"];

    /// <summary>The grade of a section of some class: I and II share one, every further class has its own.</summary>
    public static WaterGrade Grade(this WaterClass waterClass) => (WaterGrade)int.Max((int)waterClass - 1, 1);

    /// <summary>The English name, such as <c>light pollution</c>.</summary>
    public static string Name(this WaterGrade grade) => English[(int)grade - 1];

    /// <summary>The Chinese name, such as <c>轻度污染</c>.</summary>
    public static string NameZh(this WaterGrade grade) => Chinese[(int)grade - 1];

    /// <summary>The colour on maps, in English, such as <c>yellow</c>.</summary>
    public static string Colour(this WaterGrade grade) => Colours[(int)grade - 1];

    /// <summary>The colour on maps, in Chinese, such as <c>黄色</c>.</summary>
    public static string ColourZh(this WaterGrade grade) => ColoursZh[(int)grade - 1];
}
