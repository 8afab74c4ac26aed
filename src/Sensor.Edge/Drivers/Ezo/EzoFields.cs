namespace Sensor.Edge.Drivers.Ezo;

/// <summary>The fields of an answer, between commas.</summary>
internal static class EzoFields
{
    /// <summary>The fields, or null when one is missing: a trailing or doubled comma means that something was lost.</summary>
    public static string[]? Of(string text)
    {
        var fields = text.Split(',');
        return Array.TrueForAll(fields, field => field.Length > 0) ? fields : null;
    }
}
