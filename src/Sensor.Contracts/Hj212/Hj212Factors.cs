namespace Sensor.Contracts.Hj212;

/// <summary>The factor codes of HJ/T 212-2005 for water, and the national codes that HJ 212-2017 gives to the same factors.</summary>
/// <remarks>
/// Source: the column of former codes of HJ 212-2017 table B.1, as two public implementations independent of each other restate it
/// (srdgame/lua-HJ212 hj212/tags/info.lua at 2997b3f0; lingkejia/bocon-operation-app src/lib/polcodeList05.js at 378d6a72). Only what both
/// agree on stands here. A former code says nothing about the unit.
/// </remarks>
public static class Hj212Factors
{
    private static readonly Dictionary<string, string> Former = new(StringComparer.Ordinal)
    {
        ["B01"] = "w00000", // flow
        ["001"] = "w01001", // pH
        ["003"] = "w01012", // suspended solids
        ["010"] = "w01017", // BOD5
        ["011"] = "w01018", // COD
        ["015"] = "w01020", // total organic carbon
        ["020"] = "w20111", // mercury, total
        ["022"] = "w20115", // cadmium, total
        ["024"] = "w20117", // hexavalent chromium
        ["026"] = "w20119", // arsenic, total
        ["027"] = "w20120", // lead, total
        ["029"] = "w20122", // copper, total
        ["030"] = "w20123", // zinc, total
        ["031"] = "w20124", // manganese, total
        ["032"] = "w20125", // iron, total
        ["035"] = "w20128", // selenium, total
        ["060"] = "w21003", // ammonia nitrogen
        ["065"] = "w21001", // total nitrogen
        ["080"] = "w22001", // petroleum
        ["101"] = "w21011", // total phosphorus
    };

    /// <summary>The national code of a code as it was sent: itself, or that of the same factor in 2005, or null when neither is known.</summary>
    public static string? National(string code) => Parameter.IsWellFormed(code) ? code : Former.GetValueOrDefault(code);
}
