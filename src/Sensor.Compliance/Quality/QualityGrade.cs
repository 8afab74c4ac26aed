namespace Sensor.Compliance.Quality;

/// <summary>What a quality test says about one value, in the numbers of the QARTOD manuals.</summary>
public enum QualityGrade
{
    /// <summary>The value passed the test.</summary>
    Pass = 1,

    /// <summary>The test could not judge the value, for instance because a neighbour is missing.</summary>
    NotEvaluated = 2,

    /// <summary>The value deserves a look.</summary>
    Suspect = 3,

    /// <summary>The value failed the test.</summary>
    Fail = 4,

    /// <summary>There is no value.</summary>
    Missing = 9,
}
