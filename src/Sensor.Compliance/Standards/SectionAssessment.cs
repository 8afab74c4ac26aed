using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>The assessment of one section over one period by its worst single factor. Source: 环办〔2011〕22号, 断面水质评价.</summary>
/// <param name="Class">The class; null when a required indicator is missing.</param>
/// <param name="DecidedBy">Every indicator at that class, by ordinal order of code.</param>
/// <param name="Missing">Every required indicator without a value, by ordinal order of code.</param>
/// <param name="MainPollutants">Its main pollutants; none without a class or where class III is met.</param>
public sealed record SectionAssessment(
    WaterClass? Class, IReadOnlyList<string> DecidedBy, IReadOnlyList<string> Missing, IReadOnlyList<MainPollutant> MainPollutants)
{
    /// <summary>The state of the water; null without a class.</summary>
    public WaterGrade? Grade => Class?.Grade();

    /// <summary>What a report says in English, such as <c>meets class III</c>.</summary>
    public string Words => Class switch
    {
        null => "not determinable",
        WaterClass.WorseThanV => "worse than class V",
        { } waterClass => $"meets class {waterClass.Name()}",
    };

    /// <summary>What a report says in Chinese: 符合 a class, 劣于 class V.</summary>
    public string WordsZh => Class switch
    {
        null => "无法判定",
        WaterClass.WorseThanV => "劣于Ⅴ类",
        { } waterClass => $"符合{waterClass.NameZh()}类",
    };

    /// <summary>Assesses a section.</summary>
    /// <param name="method">The settings.</param>
    /// <param name="values">The values of the period by factor code, in the units of the standard; those that take no part are passed over.</param>
    public static SectionAssessment Of(AssessmentMethod method, IReadOnlyDictionary<string, ExactDecimal> values)
    {
        var indicators = AssessmentIndicators.Select(values);
        var (waterClass, decidedBy, missing) = Classification.Of(method.Classes, indicators);
        return new SectionAssessment(waterClass, decidedBy, missing, waterClass is null ? [] : Standards.MainPollutants.Of(method, indicators));
    }
}
