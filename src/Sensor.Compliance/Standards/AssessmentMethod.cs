using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The settings of an assessment by 环办〔2011〕22号 that the document leaves open or that later documents changed.
/// Immutable and thread-safe.
/// </summary>
public sealed class AssessmentMethod
{
    private readonly HashSet<string> _priority;

    /// <summary>Makes a method; nothing that the documents leave open has a default.</summary>
    /// <param name="waterBody">Which phosphorus limits hold.</param>
    /// <param name="rounding">Whether values are rounded before they are assessed.</param>
    /// <param name="phMean">How pH is averaged over sections and months.</param>
    /// <param name="priority">The indicators that come first among main pollutants; <see cref="PriorityIndicators"/> has profiles.</param>
    /// <param name="required">The indicators without which a section has no class; null means <see cref="ClassificationRule.DefaultRequired"/>.</param>
    /// <exception cref="ArgumentException">A parameter is not one of the 21 indicators.</exception>
    public AssessmentMethod(WaterBody waterBody, ClassRounding rounding, PhMeanRule phMean, IEnumerable<string> priority, IEnumerable<string>? required = null)
    {
        _priority = [.. Indicators(priority, nameof(priority))];
        PHMean = phMean;
        Classes = new ClassificationRule(waterBody, rounding, Indicators(required ?? ClassificationRule.DefaultRequired, nameof(required)));
    }

    /// <summary>How values become classes.</summary>
    public ClassificationRule Classes { get; }

    /// <summary>How pH is averaged.</summary>
    public PhMeanRule PHMean { get; }

    /// <summary>Whether an indicator comes first among main pollutants.</summary>
    public bool IsPriority(string indicator) => _priority.Contains(indicator);

    /// <summary>The amount that is assessed: rounded to assessment decimals where the method says so.</summary>
    public ExactDecimal Assessed(string indicator, ExactDecimal value) =>
        Classes.Rounding == ClassRounding.Assessment ? StatisticalDecimals.Round(indicator, value, ValueUse.Assessment) : value;

    private static string[] Indicators(IEnumerable<string> parameters, string name) =>
    [
        .. parameters.Select(parameter => AssessmentIndicators.IndicatorOf(parameter)
            ?? throw new ArgumentException($"{parameter} is not one of the 21 indicators of 环办〔2011〕22号, so it takes no part.", name)),
    ];
}
