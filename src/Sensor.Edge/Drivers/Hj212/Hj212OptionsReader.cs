using System.Globalization;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Hj212;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>Reads the options of the driver <c>hj212</c>.</summary>
internal static class Hj212OptionsReader
{
    private const string OffsetExpected = "an offset of the form +08:00";
    private static readonly string[] Moments = ["instant", "start", "end"];

    public static Hj212Options Read(StrictObject options, DriverContext context)
    {
        var listens = options.Has("listen");
        var dialect = options.Word("dialect", [.. Hj212Dialect.All.Select(d => d.Name)]);
        var moment = (Hj212DataTime)Array.IndexOf(Moments, options.Word("dataTime", Moments));
        var command = options.Word("command", ["2011", "2051", "2061", "2031"]);
        var period = Period(options, moment);
        return new Hj212Options
        {
            Listen = listens ? (int)options.Whole("listen", 1, 65_535) : null,
            Bus = listens ? NoBus(options) : context.Bus(options, typeof(SerialBusConfiguration), typeof(TcpBusConfiguration)),
            Dialect = Hj212Dialect.All.Single(d => d.Name == dialect),
            Station = options.Text("station", expected: "the MN of the data logger"),
            System = options.Text("system", st => st.Length == 2 && st.All(char.IsAsciiLetterOrDigit), "the ST of its data, such as 21"),
            Command = command,
            Value = options.Word("value", ["Rtd", "Avg"]),
            DataTime = moment,
            Period = period,
            UtcOffset = Offset(options),
            Silence = Silence(options),
            History = Hj212HistoryReader.Read(options, command, period),
            Unflagged = options.OptionalText("unflagged", Flag.Known.ContainsKey, "a flag such as N"),
            Flags = Flags(options.OptionalChild("flags")),
            Parameters = Parameters(options),
        };
    }

    private static string? NoBus(StrictObject options)
    {
        if (options.OptionalText("bus") is not null)
        {
            options.Problem("bus", "the logger either calls the station or is reached over a bus", "Keep one of bus and listen");
        }

        return null;
    }

    private static TimeSpan Period(StrictObject options, Hj212DataTime moment)
    {
        var period = InstrumentReader.Span(options, "period", TimeSpan.FromSeconds(1), TimeSpan.FromDays(31));
        if (period is null != (moment == Hj212DataTime.Instant) && (period is not null || !options.Has("period")))
        {
            options.Problem("period", "goes with a dataTime of start or end, and only with these", "Give the length of the period that a value stands for, or a dataTime of instant without it");
        }

        return period ?? TimeSpan.Zero;
    }

    private static TimeSpan Silence(StrictObject options)
    {
        if (!options.Has("silence"))
        {
            options.Problem("silence", "is missing", $"Give {Durations.Expected}, longer than the logger's pauses");
        }

        return InstrumentReader.Span(options, "silence", TimeSpan.FromSeconds(1), TimeSpan.FromDays(31)) ?? TimeSpan.FromDays(1);
    }

    private static TimeSpan Offset(StrictObject options)
    {
        var text = options.Text("utcOffset", text => ParseOffset(text) is not null, OffsetExpected);
        return ParseOffset(text) ?? TimeSpan.Zero;
    }

    private static TimeSpan? ParseOffset(string text) =>
        text.Length == 6 && text[0] is '+' or '-' && TimeSpan.TryParseExact(text.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var span) && span <= TimeSpan.FromHours(14)
            ? text[0] == '-' ? -span : span
            : null;

    private static Dictionary<string, string> Flags(StrictObject? flags) =>
        (flags?.MemberNames ?? []).Distinct(StringComparer.Ordinal).ToDictionary(sent => sent, sent => flags!.Text(sent, Flag.Known.ContainsKey, "a flag such as N"), StringComparer.Ordinal);

    private static List<Hj212Parameter> Parameters(StrictObject options)
    {
        var read = options.Children("parameters", 1).Select(Hj212Parameter.Read).ToList();
        foreach (var twice in read.GroupBy(p => p.Code, StringComparer.Ordinal).Concat(read.GroupBy(p => p.National, StringComparer.Ordinal)).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            options.Problem("parameters", $"{twice.Key} stands more than once", "Keep one");
        }

        return read;
    }
}
