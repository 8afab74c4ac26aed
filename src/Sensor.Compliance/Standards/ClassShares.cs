using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// How many of a river's sections have each class, and the grade of the river by these shares.
/// Source: 环办〔2011〕22号, 河流、流域（水系）水质评价, 断面水质类别比例法.
/// </summary>
/// <remarks>
/// <para>
/// Shares are compared as fractions of whole numbers, never as rounded percentages: I–III ≥ 90 % excellent, ≥ 75 % good; below 75 %
/// worse-than-V &lt; 20 % light, &lt; 40 % moderate, from 40 % heavy pollution. From 75 % of I–III on, the share worse than V does not matter.
/// </para>
/// <para>
/// One wording of heavy pollution adds "I–III below 60 %". With 40 % or more worse than V that is always so, except at exactly 60 % and 40 %,
/// which that wording leaves without a grade: here it is heavy pollution, as where the condition is printed with 75 %.
/// </para>
/// </remarks>
/// <param name="Total">The number of sections, 1 or more.</param>
/// <param name="AtLeastIII">Those of class I, II or III.</param>
/// <param name="WorseThanV">Those worse than V.</param>
public sealed record ClassShares(int Total, int AtLeastIII, int WorseThanV)
{
    /// <summary>The shares of some sections, in any order.</summary>
    /// <exception cref="ArgumentException">There is no section.</exception>
    public static ClassShares Of(IReadOnlyCollection<WaterClass> sections) => sections.Count == 0
        ? throw new ArgumentException("Shares need at least one section.", nameof(sections))
        : new ClassShares(sections.Count, sections.Count(c => c <= WaterClass.III), sections.Count(c => c == WaterClass.WorseThanV));

    /// <summary>The share of classes I to III in percent; rounded only at 20 decimals, so for print and not for decisions.</summary>
    public ExactDecimal PercentAtLeastIII => Percent(AtLeastIII);

    /// <summary>The share worse than V in percent; rounded only at 20 decimals, so for print and not for decisions.</summary>
    public ExactDecimal PercentWorseThanV => Percent(WorseThanV);

    /// <summary>The grade of the river.</summary>
    public WaterGrade Grade =>
        Reaches(AtLeastIII, 90) ? WaterGrade.Excellent
        : Reaches(AtLeastIII, 75) ? WaterGrade.Good
        : !Reaches(WorseThanV, 20) ? WaterGrade.LightPollution
        : !Reaches(WorseThanV, 40) ? WaterGrade.ModeratePollution
        : WaterGrade.HeavyPollution;

    private bool Reaches(int sections, int percent) => sections * 100L >= Total * (long)percent;

    private ExactDecimal Percent(int sections) => ExactDecimal.Quotient(ExactDecimal.From(sections * 100L), ExactDecimal.From(Total));
}
