using Sensor.Compliance.Standards;

namespace Sensor.Compliance.Outcomes;

/// <summary>The class of one month of a window, or of the week where windows are weeks.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Class">The class of the means of the parameters for which the month counts, or what it lacks.</param>
public sealed record MonthClass(DateOnly Month, Classification Class);
