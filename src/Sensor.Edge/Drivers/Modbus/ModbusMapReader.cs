using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Buses.Modbus;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers.Modbus;

/// <summary>Reads a register map, from the options of an instrument or from a profile; docs/station.md describes every member.</summary>
internal static class ModbusMapReader
{
    public const string Schema = "waterwatch/modbus-profile/1";

    private static readonly string[] Functions = ["coil", "discrete", "holding", "input"];
    private static readonly string[] StartFunctions = ["read-holding", "read-input", "write-one", "write-many"];
    private static readonly byte[] StartCodes = [ModbusRequest.ReadHolding, ModbusRequest.ReadInput, ModbusRequest.WriteOne, ModbusRequest.WriteMany];
    private static readonly Dictionary<string, (ModbusType Type, string[] Orders)> Types = new(StringComparer.Ordinal)
    {
        ["int16"] = (ModbusType.Int16, ["AB", "BA"]),
        ["uint16"] = (ModbusType.UInt16, ["AB", "BA"]),
        ["int32"] = (ModbusType.Int32, ["ABCD", "CDAB", "BADC", "DCBA"]),
        ["uint32"] = (ModbusType.UInt32, ["ABCD", "CDAB", "BADC", "DCBA"]),
        ["float32"] = (ModbusType.Float32, ["ABCD", "CDAB", "BADC", "DCBA"]),
        ["int64"] = (ModbusType.Int64, ["ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA"]),
        ["uint64"] = (ModbusType.UInt64, ["ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA"]),
        ["float64"] = (ModbusType.Float64, ["ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA"]),
    };

    /// <summary>A profile of a file; what is wrong with it is in the exception.</summary>
    /// <exception cref="DocumentException">The file cannot be read or has mistakes.</exception>
    public static ModbusMap ReadProfile(string path)
    {
        try
        {
            return StrictDocument.Read(path, File.ReadAllBytes(path), json =>
            {
                json.Word("schema", [Schema]);
                json.Text("name", expected: "the instrument");
                json.Text("source", expected: "the document that the registers are from");
                json.OptionalText("note");
                return Read(json);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DocumentException(path, [new DocumentProblem("", "cannot be read: " + e.Message.TrimEnd('.'), "Correct the path of the profile")]);
        }
    }

    /// <summary>The members of a map; the caller ends the object.</summary>
    public static ModbusMap Read(StrictObject json)
    {
        var measured = json.Children("points", 1).Select(ReadMeasured).ToList();
        foreach (var twice in measured.GroupBy(m => m.Parameter, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            json.Problem("points", $"gives {twice.Key} {twice.Count()} times", "An instrument gives each parameter once; make a second instrument for the other");
        }

        return new ModbusMap(
            measured, json.OptionalChild("status") is { } status ? ReadStatus(status) : null, ReadWhole(json, "sampleTime"), ReadWhole(json, "resultNumber"),
            json.OptionalChild("start") is { } start ? ReadStart(start) : null)
        {
            Settings = ModbusSetting.Read(json),
        };
    }

    private static ModbusMeasured ReadMeasured(StrictObject json)
    {
        var parameter = ParameterOption.Read(json);
        var unit = ParameterOption.Unit(json, parameter);
        var point = ReadPoint(json);
        var factor = json.OptionalText("factor", text => MeasuredValue.TryParse(text, out var f) && f.Mantissa != 0, "a plain decimal number between double quotes, not 0");
        var noValue = json.Texts("noValue", 0, text => MeasuredValue.TryParse(text, out _), "a plain decimal number between double quotes");
        json.End();
        return new ModbusMeasured(
            point, parameter, unit, MeasuredValue.TryParse(factor ?? "1", out var exact) ? exact : new MeasuredValue(1, 0),
            [.. noValue.Where(n => n.Length > 0).Select(MeasuredValue.Parse)]);
    }

    private static ModbusPoint ReadPoint(StrictObject json)
    {
        var function = (byte)(1 + Array.IndexOf(Functions, json.Word("function", Functions)));
        var address = (ushort)json.Whole("address", 0, ushort.MaxValue);
        if (function <= ModbusRequest.ReadDiscrete)
        {
            return new ModbusPoint(function, address, ModbusType.Bit, "A");
        }

        var (type, orders) = Types[json.Word("type", [.. Types.Keys])];

        // Of one register everybody says the high byte first; of several there is no usual order, so none is assumed.
        return new ModbusPoint(function, address, type, json.Word("order", orders, orders.Length == 2 ? orders[0] : null));
    }

    private static ModbusPoint? ReadWhole(StrictObject json, string member)
    {
        if (json.OptionalChild(member) is not { } child)
        {
            return null;
        }

        var point = ReadPoint(child);
        if (point.Type is ModbusType.Float32 or ModbusType.Float64)
        {
            child.Problem("type", "is not a whole number", "Give int16, uint16, int32, uint32, int64 or uint64");
        }

        child.End();
        return point;
    }

    private static ModbusStatus ReadStatus(StrictObject json)
    {
        var (point, flags) = (ReadPoint(json), json.OptionalChild("flags"));
        var status = new ModbusStatus(
            point, Numbers(json, "good", 1), Numbers(json, "busy", 0),
            flags?.MemberNames.Where(IsWhole).ToDictionary(name => long.Parse(name, null), name => flags.Text(name, IsFlag, "a flag of docs/wire.md, such as M"))
                ?? []);
        foreach (var name in flags?.MemberNames.Where(name => !IsWhole(name)) ?? [])
        {
            flags!.Text(name);
            flags.Problem(name, "is not a value of the status register", "Write the whole number as the member's name");
        }

        flags?.End();
        json.End();
        return status;
    }

    private static List<long> Numbers(StrictObject json, string member, int least) =>
        [.. json.Texts(member, least, IsWhole, "a whole number between double quotes").Where(IsWhole).Select(text => long.Parse(text, null))];

    private static bool IsWhole(string text) => long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, null, out _);

    private static bool IsFlag(string text) => Flag.Known.ContainsKey(text);

    private static ModbusStart ReadStart(StrictObject json)
    {
        var function = StartCodes[Array.IndexOf(StartFunctions, json.Word("function", StartFunctions))];
        var values = json.Texts("values", function == ModbusRequest.WriteOne ? 1 : 0, text => ushort.TryParse(text, out _), "a whole number from 0 to 65535 between double quotes");
        var start = new ModbusStart(
            function, (ushort)json.Whole("address", 0, ushort.MaxValue), [.. values.Select(text => ushort.TryParse(text, out var v) ? v : (ushort)0)],
            (ushort)json.Whole("count", 0, 125, 0), InstrumentReader.Span(json, "wait", TimeSpan.Zero, TimeSpan.FromHours(4)) ?? TimeSpan.Zero);
        json.End();
        return start;
    }
}
