using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The assessment of a river, river system or basin: with fewer than five sections by the mean of each indicator over the sections,
/// with five or more by the shares of their classes. Source: 环办〔2011〕22号, 河流、流域（水系）水质评价.
/// </summary>
/// <remarks>
/// The number of all sections given decides how; a section without a class then enters neither means nor shares and is named in
/// <see cref="Unassessed"/>, which the document does not treat. A river whose sections all lack a class has no grade.
/// </remarks>
/// <param name="Sections">Every section's own assessment, by ordinal order of name.</param>
/// <param name="ByMeans">The assessment of the means over the sections; null with five sections or more, or where no section has a class.</param>
/// <param name="Shares">The shares of classes; null with fewer than five sections, or where no section has a class.</param>
/// <param name="MainPollutants">
/// With five sections or more and a grade of light pollution or worse, the indicators exceeded at most sections; else none:
/// with fewer, the document determines them per section (<see cref="Sections"/>), and <see cref="ByMeans"/> has those of the means.
/// </param>
public sealed record RiverAssessment(
    IReadOnlyList<KeyValuePair<string, SectionAssessment>> Sections,
    SectionAssessment? ByMeans,
    ClassShares? Shares,
    IReadOnlyList<PollutantShare> MainPollutants)
{
    /// <summary>From this many sections on, the shares of classes decide.</summary>
    public const int SectionsForShares = 5;

    /// <summary>The grade of the river; null where no section has a class.</summary>
    public WaterGrade? Grade => ByMeans?.Grade ?? Shares?.Grade;

    /// <summary>The sections that have no class, by ordinal order of name.</summary>
    public IReadOnlyList<string> Unassessed => [.. Sections.Where(s => s.Value.Class is null).Select(s => s.Key)];

    /// <summary>Assesses a river.</summary>
    /// <param name="method">The settings; one kind of water for all sections.</param>
    /// <param name="sections">The values of each section by its name, then by factor code.</param>
    /// <exception cref="ArgumentException">There is no section.</exception>
    public static RiverAssessment Of(AssessmentMethod method, IReadOnlyDictionary<string, IReadOnlyDictionary<string, ExactDecimal>> sections)
    {
        if (sections.Count == 0)
        {
            throw new ArgumentException("A river needs at least one section.", nameof(sections));
        }

        List<KeyValuePair<string, SectionAssessment>> own =
            [.. sections.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create(s.Key, SectionAssessment.Of(method, s.Value)))];
        var assessed = own.Where(s => s.Value.Class is not null).ToList();
        var values = assessed.Select(s => sections[s.Key]).ToList();
        if (assessed.Count == 0)
        {
            return new RiverAssessment(own, null, null, []);
        }

        if (sections.Count < SectionsForShares)
        {
            return new RiverAssessment(own, SectionAssessment.Of(method, Means(method, values)), null, []);
        }

        var shares = ClassShares.Of([.. assessed.Select(s => s.Value.Class!.Value)]);
        return new RiverAssessment(own, null, shares, shares.Grade >= WaterGrade.LightPollution ? PollutantShare.Of(method, values) : []);
    }

    private static Dictionary<string, ExactDecimal> Means(AssessmentMethod method, List<IReadOnlyDictionary<string, ExactDecimal>> sections) => sections
        .SelectMany(AssessmentIndicators.Select)
        .GroupBy(value => value.Key, value => value.Value, StringComparer.Ordinal)
        .ToDictionary(indicator => indicator.Key, indicator => IndicatorMean.Of(indicator.Key, [.. indicator], method.PHMean), StringComparer.Ordinal);
}
