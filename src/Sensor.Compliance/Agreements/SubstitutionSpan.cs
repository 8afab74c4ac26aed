namespace Sensor.Compliance.Agreements;

/// <summary>The span in which one source supplies all the values of a parameter.</summary>
public enum SubstitutionSpan
{
    /// <summary><c>moment</c>: a source is enough where it has a usable value at that moment.</summary>
    Moment,

    /// <summary><c>day</c>: a source is enough where it has <c>valuesPerDay</c> usable values on that day.</summary>
    Day,

    /// <summary><c>month</c>: a source is enough where <c>daysPerMonth</c> of its days count.</summary>
    Month,

    /// <summary><c>window</c>: a source is enough where <c>monthsPerWindow</c> of its months count.</summary>
    Window,
}
