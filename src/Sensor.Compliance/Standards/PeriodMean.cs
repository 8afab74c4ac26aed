using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Standards;

/// <summary>The value of one indicator for a quarter or year, or the reason why there is none.</summary>
/// <param name="Value">The mean, not rounded; null where the data do not suffice.</param>
/// <param name="Months">The number of monthly values that entered, or that were there.</param>
/// <param name="Reason">Why there is no value; empty where there is one.</param>
public sealed record PeriodMean(ExactDecimal? Value, int Months, string Reason);
