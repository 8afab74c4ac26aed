using System.Text;
using Sensor.Contracts.Hj212;

namespace Sensor.Edge.Tests.Support;

/// <summary>The kept hourly data of a logger, and what it says when it is asked for them.</summary>
internal sealed class KeptHours
{
    /// <summary>Every request, as <c>BeginTime EndTime</c>, hours only.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The QN of every request.</summary>
    public List<string> Exchanges { get; } = [];

    /// <summary>How the next requests are answered, by the first and last hour and the QN; afterwards with everything.</summary>
    public Queue<Func<int, int, string, IEnumerable<string>>> Answers { get; } = new();

    /// <summary>Live or kept data of an hour of 2026-07-06; hours beyond 23 are of the next days.</summary>
    public static string Items(int hour, string codMn = "1.40") => $"DataTime={Time(hour)};w01019-Avg={codMn},w01019-Flag=N;w21003-Avg=0.{hour:D3},w21003-Flag=N";

    public static string Frame(int hour) => DataLogger.Frame(Items(hour), Qn(hour));

    /// <summary>A QN of its own for the data of an hour.</summary>
    public static string Qn(int hour) => $"{Time(hour)}500";

    public static string Time(int hour) => new DateTime(2026, 7, 6, 0, 0, 0, DateTimeKind.Utc).AddHours(hour).ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>9011 to a request.</summary>
    public static string Taken(string qn, int result = 1) => Interaction("9011", qn, $"QnRtn={result}");

    /// <summary>9012 to a request.</summary>
    public static string Executed(string qn, int result = 1) => Interaction("9012", qn, $"ExeRtn={result}");

    /// <summary>Everything from one hour to another, as the standard has it.</summary>
    public static IEnumerable<string> Everything(int first, int last, string qn) =>
        [Taken(qn), .. Enumerable.Range(first, last - first + 1).Select(Frame), Executed(qn)];

    /// <summary>The other end of the line.</summary>
    public IEnumerable<string> Answer(string frame)
    {
        var cutter = new Hj212FrameCutter();
        cutter.Add(Encoding.ASCII.GetBytes(frame));
        var message = Hj212Reader.Read(Assert.IsType<Hj212Cut.Frame>(cutter.Next()), out _)!;
        if (message.Command != "2061")
        {
            return [];
        }

        var (first, last) = (Hour(message.Value("BeginTime")!), Hour(message.Value("EndTime")!));
        Asked.Add($"{first} {last}");
        Exchanges.Add(message.Exchange!);
        return Answers.TryDequeue(out var answer) ? answer(first, last, message.Exchange!) : Everything(first, last, message.Exchange!);
    }

    private static string Interaction(string command, string qn, string items) =>
        DataLogger.Frame(items, qn, $"ST=91;CN={command};PW=123456;MN={DataLogger.Mn};Flag=8");

    private static int Hour(string time)
    {
        var span = DateTime.ParseExact(time, "yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture) - new DateTime(2026, 7, 6, 0, 0, 0, DateTimeKind.Unspecified);
        return (int)span.TotalHours;
    }
}
