using System.Net;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Hj212;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads an import from data loggers that speak HJ 212.</summary>
internal static class Hj212ImportReader
{
    public static Hj212ImportConfiguration Read(StrictObject json)
    {
        var import = new Hj212ImportConfiguration
        {
            Address = json.OptionalText("address", text => IPAddress.TryParse(text, out _), "an IP address such as 127.0.0.1") ?? "127.0.0.1",
            Port = (int)json.Whole("port", 1, 65_535),
            Stations = [.. json.Children("stations", 1).Select(Station)],
            Limits = json.OptionalChild("limits") is { } limits ? Limits(limits) : new Hj212ImportLimits(),
        };
        ImportMembers.Once(json, "stations", "the MN", import.Stations.Select(s => s.Mn));
        json.End();
        return import;
    }

    private static Hj212ImportLimits Limits(StrictObject json)
    {
        var limits = new Hj212ImportLimits
        {
            Connections = (int)json.Whole("connections", 1, 10_000, 256),
            PerAddress = (int)json.Whole("perAddress", 1, 10_000, 16),
            FramesPerSecond = (int)json.Whole("framesPerSecond", 1, 10_000, 20),
            IdleSeconds = (int)json.Whole("idleSeconds", 10, 604_800, 3600),
        };
        json.End();
        return limits;
    }

    private static Hj212StationConfiguration Station(StrictObject json)
    {
        var dialect = json.Word("dialect", [.. Hj212Dialect.All.Select(d => d.Name)]);
        var moment = json.Word("dataTime", ["instant", "start", "end"]);
        var station = new Hj212StationConfiguration
        {
            Mn = json.Text("mn", expected: "the MN of the data logger"),
            Station = json.Text("station", Names.IsStation, "a station id of 1 to 32 capital letters, digits and -"),
            Password = json.OptionalText("password"),
            Dialect = Hj212Dialect.All.Single(d => d.Name == dialect),
            Command = json.Word("command", ["2011", "2051", "2061", "2031"]),
            DataTimeIsEnd = moment == "end",
            Period = ImportMembers.Period(json, moment),
            UtcOffset = ImportMembers.ParseOffset(json.Text("utcOffset", text => ImportMembers.ParseOffset(text) is not null, "an offset of the form +08:00")) ?? TimeSpan.Zero,
            History = TimeSpan.FromHours(json.Whole("historyHours", 0, 744, 0)),
            Unflagged = json.OptionalText("unflagged", Flag.Known.ContainsKey, "a flag such as N"),
            Flags = ImportMembers.Flags(json.OptionalChild("flags")),
            Parameters = [.. json.Children("parameters", 1).Select(Hj212Parameter.Read)],
        };
        ImportMembers.Once(json, "parameters", "the code", station.Parameters.Select(p => p.Code));
        ImportMembers.Once(json, "parameters", "the national code", station.Parameters.Select(p => p.National));
        if (station.History > TimeSpan.Zero && (station.Command == "2011" || station.Period <= TimeSpan.Zero))
        {
            json.Problem("historyHours", "goes with periods: 2051, 2061 or 2031 with periodMinutes", "Remove it, or take one of these commands");
        }

        json.End();
        return station;
    }
}
