namespace Sensor.Contracts.Hj212;

/// <summary>What a platform says to a station: answers, and the request for kept data. Every answer has ST=91 and the QN, PW and MN of the frame that it answers.</summary>
public static class Hj212Answers
{
    /// <summary>9011: whether a request is taken; <paramref name="result"/> is QnRtn, 1 for yes.</summary>
    public static Hj212Message Request(Hj212Message request, Hj212Dialect dialect, int result) => Answer(request, dialect, "9011", new Hj212Field("QnRtn", $"{result}"));

    /// <summary>9012: how a request ended; <paramref name="result"/> is ExeRtn, 1 for done.</summary>
    public static Hj212Message Executed(Hj212Message request, Hj212Dialect dialect, int result) => Answer(request, dialect, "9012", new Hj212Field("ExeRtn", $"{result}"));

    /// <summary>9013: a notice has arrived.</summary>
    public static Hj212Message Notice(Hj212Message notice, Hj212Dialect dialect) => Answer(notice, dialect, "9013");

    /// <summary>9014: data have arrived; also the answer to the heartbeat of surface-water stations.</summary>
    public static Hj212Message Data(Hj212Message data, Hj212Dialect dialect) => Answer(data, dialect, "9014");

    /// <summary>Asks a station for the data that it kept of a span, both ends included.</summary>
    /// <param name="station">Says which station: ST, MN, PW, the QN of the request.</param>
    /// <param name="dialect">The station's dialect.</param>
    /// <param name="command">2051 minutes, 2061 hours, 2031 days.</param>
    /// <param name="begin">The first DataTime, 14 digits.</param>
    /// <param name="end">The last DataTime, 14 digits.</param>
    public static Hj212Message History(Hj212Message station, Hj212Dialect dialect, string command, string begin, string end) => station with
    {
        Command = command,
        Flag = dialect.AnswerFlag | 1,
        Packets = null,
        Packet = null,
        Others = [],
        Items = [new Hj212Item([new Hj212Field("BeginTime", begin)]), new Hj212Item([new Hj212Field("EndTime", end)])],
        Irregularities = [],
    };

    private static Hj212Message Answer(Hj212Message to, Hj212Dialect dialect, string command, params Hj212Field[] fields) => new()
    {
        Exchange = to.Exchange,
        System = "91",
        Command = command,
        Password = to.Password,
        Station = to.Station,
        Flag = dialect.AnswerFlag,
        Items = fields.Length == 0 ? [] : [new Hj212Item(fields)],
    };
}
