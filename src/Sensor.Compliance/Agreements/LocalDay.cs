using System.Globalization;

namespace Sensor.Compliance.Agreements;

/// <summary>Local days as text.</summary>
internal static class LocalDay
{
    /// <summary>Such as <c>2020-08-10</c>.</summary>
    public static string Iso(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
