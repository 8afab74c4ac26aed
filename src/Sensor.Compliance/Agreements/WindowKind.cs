namespace Sensor.Compliance.Agreements;

/// <summary>The length of a window.</summary>
public enum WindowKind
{
    /// <summary>Twelve months.</summary>
    Year,

    /// <summary>Three months.</summary>
    Quarter,

    /// <summary>One calendar month.</summary>
    Month,

    /// <summary>Monday to Sunday, numbered as in ISO 8601.</summary>
    Week,

    /// <summary>The same 1 to 11 whole months of every year; days outside belong to no window.</summary>
    Season,
}
