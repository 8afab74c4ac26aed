namespace Sensor.Compliance.Agreements;

/// <summary>Names that a list gives more than once; who reads the list says what is wrong with that.</summary>
internal static class Repeats
{
    /// <summary>Each with how often it is there, in the order of first occurrence; empty names are mistakes of their own and left out.</summary>
    public static IEnumerable<(string Name, int Times)> In(IEnumerable<string> names) =>
        names.GroupBy(n => n, StringComparer.Ordinal).Select(g => (g.Key, g.Count())).Where(g => g.Key.Length > 0 && g.Item2 > 1);
}
