using System.Text.RegularExpressions;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers.Sdi12;

/// <summary>Reads the options of the driver <c>sdi12</c>; touches no hardware.</summary>
internal static partial class Sdi12OptionsReader
{
    private const int LongestModel = 6;

    public static Sdi12Options Read(StrictObject options, DriverContext context)
    {
        var usual = new Sdi12Options { Values = [] };
        var command = options.OptionalText("command", text => Commands().IsMatch(text), "M, M1 to M9, C, C1 to C9 or V") ?? usual.Command;
        var read = new Sdi12Options
        {
            Bus = context.Bus(options, typeof(SerialBusConfiguration), typeof(TcpBusConfiguration)),
            Address = options.OptionalText("address", IsAddress, "one of 0-9, A-Z, a-z") is { Length: 1 } address ? address[0] : usual.Address,
            Command = command,
            Crc = options.Truth("crc", command != "V"),
            Break = options.Truth("break", usual.Break),
            Echo = options.Truth("echo", usual.Echo),
            Model = options.OptionalText("model", text => text.Length <= LongestModel && text.Trim() == text, "the model as aI! gives it, at most 6 characters"),
            Values = [.. options.Children("values", 1).Select(Point)],
        };
        Check(options, read, context);
        return read;
    }

    private static bool IsAddress(string text) => text.Length == 1 && char.IsAsciiLetterOrDigit(text[0]);

    private static Sdi12Point? Point(StrictObject value)
    {
        if (value.Truth("skip", false))
        {
            value.End();
            return null;
        }

        var code = value.Text("parameter", Parameter.IsWellFormed, "a national factor code such as w01010, or \"skip\": true");
        var unit = value.Text("unit", text => WireText.IsAllowed(text, WireLimits.Unit), "the UCUM unit in which the probe gives it");
        var invalid = value.Texts("invalid", 0, text => Sdi12Parser.Value(Signed(text)) is not null, "what the probe writes where it has no value, such as \"-9999\"");
        value.End();
        if (unit.Length > 0 && ParameterCatalogue.Find(code) is { } known && known.Unit != unit)
        {
            value.Problem("unit", $"{code} travels in {known.Unit}, not in {unit}", "Set the probe to that unit, or skip the value");
        }

        return new Sdi12Point(code, unit, [.. invalid.Select(Signed)]);
    }

    private static string Signed(string text) => text.StartsWith('-') ? text : "+" + text;

    private static void Check(StrictObject options, Sdi12Options read, DriverContext context)
    {
        if (read.Break && context.Buses.FirstOrDefault(bus => bus.Id == read.Bus) is TcpBusConfiguration)
        {
            options.Problem("break", "a TCP connection cannot send a break", "Set it to false, and let the gateway make the break");
        }

        if (read is { Crc: true, Command: "V" })
        {
            options.Problem("crc", "V has no checksum", "Remove crc");
        }

        foreach (var twice in read.Values.OfType<Sdi12Point>().Where(point => point.Parameter.Length > 0).GroupBy(point => point.Parameter).Where(group => group.Count() > 1))
        {
            options.Problem("values", $"{twice.Key} is given twice", "Skip one of the two");
        }

        if (read.Values.Count > 0 && read.Values.All(point => point is null))
        {
            options.Problem("values", "every value is skipped", "Give at least one");
        }
    }

    [GeneratedRegex(@"\A(?:[MC][1-9]?|V)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commands();
}
