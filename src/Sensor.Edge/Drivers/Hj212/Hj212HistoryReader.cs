using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>Reads the member <c>history</c> of the driver <c>hj212</c>.</summary>
internal static class Hj212HistoryReader
{
    private const string RealTime = "2011";
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(31);
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    public static Hj212HistoryOptions? Read(StrictObject options, string command, TimeSpan period)
    {
        if (options.OptionalChild("history") is not { } history)
        {
            return null;
        }

        var interval = InstrumentReader.Span(history, "interval", Least, Most) ?? period;
        var reach = InstrumentReader.Span(history, "reach", Least, Most) ?? Usual;
        history.End();
        Check(options, history, command, interval, reach);
        return new Hj212HistoryOptions(interval, reach);
    }

    private static void Check(StrictObject options, StrictObject history, string command, TimeSpan interval, TimeSpan reach)
    {
        if (command == RealTime)
        {
            options.Problem("history", "no command of HJ 212 asks for kept real-time data", "Remove history, or take minute, hour or day data with another command");
        }
        else if (interval < Least && !history.Has("interval"))
        {
            history.Problem("interval", "is missing", "Give the distance between two DataTimes, at least 1m");
        }
        else if (reach < interval)
        {
            history.Problem("reach", "is shorter than the distance between two DataTimes", "Give a longer one");
        }
    }
}
