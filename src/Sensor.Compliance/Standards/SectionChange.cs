namespace Sensor.Compliance.Standards;

/// <summary>
/// The change of a section between two periods by its grade: the same is no clear change, one grade some change, two or more a clear one.
/// Source: 环办〔2011〕22号, 水质变化, 按水质状况等级变化评价.
/// </summary>
/// <remarks>It serves as well for a river of fewer than five sections, which is graded as a section is. A move between class I and II is none: one grade.</remarks>
public static class SectionChange
{
    /// <summary>The change from one grade to another.</summary>
    public static QualityChange Between(WaterGrade before, WaterGrade after) => (QualityChange)int.Clamp((int)before - (int)after, -2, 2);
}
