namespace Sensor.Contracts.Hj212;

/// <summary>What a field before CP may hold.</summary>
/// <param name="Name">As the standard writes it.</param>
/// <param name="Holds">Whether a value is allowed.</param>
/// <param name="Expected">The rule in words.</param>
internal sealed record Hj212FieldRule(string Name, Func<string, bool> Holds, string Expected);

/// <summary>The fields before CP, HJ 212-2017 table 3. PW and MN have other forms in the field than the standard gives them, so only emptiness is refused, and of PW nothing.</summary>
internal static class Hj212FieldRules
{
    private static readonly Hj212FieldRule[] All =
    [
        new("QN", v => v.Length == 17 && IsDigits(v), "17 digits"),
        new("ST", v => v.Length == 2 && v.All(char.IsAsciiLetterOrDigit), "2 letters or digits"),
        new("CN", v => v.Length == 4 && IsDigits(v), "4 digits"),
        new("PW", _ => true, "a password"),
        new("MN", v => v.Length > 0, "the identity of a data logger"),
        new("Flag", v => IsDigits(v) && v.Length <= 3 && string.CompareOrdinal(v.PadLeft(3, '0'), "255") <= 0, "a number from 0 to 255"),
        new("PNUM", IsPacket, "a number of up to 4 digits"),
        new("PNO", IsPacket, "a number of up to 4 digits"),
    ];

    private static readonly Dictionary<string, Hj212FieldRule> ByName = All.ToDictionary(r => r.Name.ToUpperInvariant(), StringComparer.Ordinal);

    /// <summary>The rule of a name in capitals, or null for a field that the standard does not know.</summary>
    public static Hj212FieldRule? Find(string capitals) => ByName.GetValueOrDefault(capitals);

    private static bool IsPacket(string value) => value.Length <= 4 && IsDigits(value);

    private static bool IsDigits(string value) => value.Length > 0 && value.All(char.IsAsciiDigit);
}
