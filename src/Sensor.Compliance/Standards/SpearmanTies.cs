namespace Sensor.Compliance.Standards;

/// <summary>What becomes of equal values in Spearman's rank correlation. They share the mean of their ranks in any case; 环办〔2011〕22号 does not say.</summary>
public enum SpearmanTies
{
    /// <summary>
    /// The document's formula 1 − 6 Σd² ÷ (N³ − N) as it stands. It is made for distinct values: many equal ones push it towards 0.5,
    /// a trend that rises.
    /// </summary>
    PlainFormula = 0,

    /// <summary>The correlation of the ranks themselves, which is the same number where no values are equal.</summary>
    CorrelationOfRanks = 1,
}
