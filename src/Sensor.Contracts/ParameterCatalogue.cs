namespace Sensor.Contracts;

/// <summary>The parameters that this version knows. A record may name others: it is kept, and its readings stay unmapped.</summary>
public static class ParameterCatalogue
{
    /// <summary>Water temperature.</summary>
    public const string Temperature = "w01010";

    /// <summary>pH.</summary>
    public const string PH = "w01001";

    /// <summary>Dissolved oxygen.</summary>
    public const string DissolvedOxygen = "w01009";

    /// <summary>Permanganate index.</summary>
    public const string CodMn = "w01019";

    /// <summary>Ammonia nitrogen.</summary>
    public const string AmmoniaNitrogen = "w21003";

    /// <summary>Total phosphorus.</summary>
    public const string TotalPhosphorus = "w21011";

    /// <summary>Total nitrogen.</summary>
    public const string TotalNitrogen = "w21001";

    /// <summary>Every known parameter in ordinal order of its code.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        new("w01001", "pH", "pH", "pH", "[pH]", 2, 0),
        new("w01003", "turbidity", "turbidity", "浊度", "{NTU}", 1, 1),
        new("w01004", "transparency", "transparency", "透明度", "m", 2, 2),
        new("w01009", "DO", "dissolved oxygen", "溶解氧", "mg/L", 2, 1),
        new("w01010", "temperature", "water temperature", "水温", "Cel", 1, 1),
        new("w01014", "EC", "electrical conductivity", "电导率", "uS/cm", 1, 1),
        new("w01016", "Chl-a", "chlorophyll a", "叶绿素a", "mg/m3", 0, 0),
        new("w01017", "BOD5", "five-day biochemical oxygen demand", "五日生化需氧量", "mg/L", null, 1),
        new("w01018", "COD", "chemical oxygen demand", "化学需氧量", "mg/L", 2, 1),
        new("w01019", "CODMn", "permanganate index", "高锰酸盐指数", "mg/L", 2, 1),
        new("w02003", "FC", "faecal coliforms", "粪大肠菌群", "/L", 0, null),
        new("w19002", "LAS", "anionic surfactants", "阴离子表面活性剂", "mg/L", 3, 2),
        new("w19011", "algae", "algal density", "藻密度", "/L", 0, 0),
        new("w20111", "Hg", "mercury", "汞", "mg/L", 6, 5),
        new("w20115", "Cd", "cadmium", "镉", "mg/L", 5, 5),
        new("w20117", "Cr(VI)", "hexavalent chromium", "六价铬", "mg/L", 4, 3),
        new("w20119", "As", "total arsenic", "总砷", "mg/L", 5, 4),
        new("w20120", "Pb", "lead", "铅", "mg/L", 4, 3),
        new("w20122", "Cu", "copper", "铜", "mg/L", 4, 3),
        new("w20123", "Zn", "zinc", "锌", "mg/L", 4, 3),
        new("w20128", "Se", "selenium", "硒", "mg/L", 5, 4),
        new("w20141", "As", "arsenic", "砷", "mg/L", 5, 4),
        new("w21001", "TN", "total nitrogen", "总氮", "mg/L", 2, 2),
        new("w21003", "NH3-N", "ammonia nitrogen", "氨氮", "mg/L", 3, 2),
        new("w21011", "TP", "total phosphorus", "总磷", "mg/L", 3, 3),
        new("w21016", "CN", "cyanide", "氰化物", "mg/L", 4, 3),
        new("w21017", "F", "fluoride", "氟化物", "mg/L", 4, 3),
        new("w21019", "S", "sulfide", "硫化物", "mg/L", 4, 3),
        new("w22001", "oil", "petroleum", "石油类", "mg/L", 3, 2),
        new("w23002", "phenol", "volatile phenol", "挥发酚", "mg/L", 5, 4),
    ];

    private static readonly Dictionary<string, Parameter> ByCode = All.ToDictionary(p => p.Code, StringComparer.Ordinal);

    /// <summary>The parameter of a code, or null when this version does not know it.</summary>
    public static Parameter? Find(string code) => ByCode.GetValueOrDefault(code);
}
