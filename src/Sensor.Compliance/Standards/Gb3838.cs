using Sensor.Contracts;
using static Sensor.Compliance.Standards.ClassLimits;

namespace Sensor.Compliance.Standards;

/// <summary>
/// The basic items of China's environmental quality standard for surface water. Source: GB 3838-2002, table 1.
/// </summary>
/// <remarks>
/// <para>
/// Water temperature (item 1) limits only changes made by people and is not here. The alternative of item 3, 90 % saturation
/// of oxygen for class I, is not applied: the national publication does not apply it either.
/// </para>
/// <para>Limits are in mg/L, except pH (no unit) and faecal coliforms (per litre).</para>
/// </remarks>
public static class Gb3838
{
    /// <summary>Table 1, row by row in the order of the standard, classes I, II, III, IV, V from left to right.</summary>
    public static IReadOnlyList<ClassLimits> Table1 { get; } =
    [
        Between(ParameterCatalogue.PH, "6", "9"),
        AtLeast(ParameterCatalogue.DissolvedOxygen, "7.5", "6", "5", "3", "2"),
        AtMost(ParameterCatalogue.CodMn, "2", "4", "6", "10", "15"),
        AtMost("w01018" /* COD */, "15", "15", "20", "30", "40"),
        AtMost("w01017" /* BOD5 */, "3", "3", "4", "6", "10"),
        AtMost(ParameterCatalogue.AmmoniaNitrogen, "0.15", "0.5", "1.0", "1.5", "2.0"),
        AtMost(ParameterCatalogue.TotalPhosphorus, "0.02", "0.1", "0.2", "0.3", "0.4").For(WaterBody.River),
        AtMost(ParameterCatalogue.TotalPhosphorus, "0.01", "0.025", "0.05", "0.1", "0.2").For(WaterBody.Lake),
        AtMost(ParameterCatalogue.TotalNitrogen, "0.2", "0.5", "1.0", "1.5", "2.0").For(WaterBody.Lake),
        AtMost("w20122" /* copper */, "0.01", "1.0", "1.0", "1.0", "1.0"),
        AtMost("w20123" /* zinc */, "0.05", "1.0", "1.0", "2.0", "2.0"),
        AtMost("w21017" /* fluoride */, "1.0", "1.0", "1.0", "1.5", "1.5"),
        AtMost("w20128" /* selenium */, "0.01", "0.01", "0.01", "0.02", "0.02"),
        AtMost("w20141" /* arsenic */, "0.05", "0.05", "0.05", "0.1", "0.1"),
        AtMost("w20119" /* total arsenic, the same item under another code */, "0.05", "0.05", "0.05", "0.1", "0.1"),
        AtMost("w20111" /* mercury */, "0.00005", "0.00005", "0.0001", "0.001", "0.001"),
        AtMost("w20115" /* cadmium */, "0.001", "0.005", "0.005", "0.005", "0.01"),
        AtMost("w20117" /* hexavalent chromium */, "0.01", "0.05", "0.05", "0.05", "0.1"),
        AtMost("w20120" /* lead */, "0.01", "0.01", "0.05", "0.05", "0.1"),
        AtMost("w21016" /* cyanide */, "0.005", "0.05", "0.2", "0.2", "0.2"),
        AtMost("w23002" /* volatile phenol */, "0.002", "0.002", "0.005", "0.01", "0.1"),
        AtMost("w22001" /* petroleum */, "0.05", "0.05", "0.05", "0.5", "1.0"),
        AtMost("w19002" /* anionic surfactants */, "0.2", "0.2", "0.2", "0.3", "0.3"),
        AtMost("w21019" /* sulfide */, "0.05", "0.1", "0.2", "0.5", "1.0"),
        AtMost("w02003" /* faecal coliforms */, "200", "2000", "10000", "20000", "40000"),
    ];

    private static readonly Dictionary<(string, WaterBody), ClassLimits> Rows = (
        from waterBody in Enum.GetValues<WaterBody>()
        from row in Table1
        where (row.OnlyFor ?? waterBody) == waterBody
        select (Key: (row.Parameter, waterBody), Row: row)).ToDictionary(row => row.Key, row => row.Row);

    /// <summary>The limits of a parameter in a kind of water, or null where table 1 has none.</summary>
    public static ClassLimits? Limits(string parameter, WaterBody waterBody) => Rows.GetValueOrDefault((parameter, waterBody));
}
