using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sensor.Contracts;
using Sensor.Contracts.Hj212;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Tests.Support;

/// <summary>A driver of HJ 212 with a scripted line in the place of its data logger.</summary>
internal sealed class DataLogger : IAsyncDisposable
{
    public const string Mn = "A110000_0001";

    /// <summary>Half the timeout of <see cref="FakeBuses.Tools"/>.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Hj212Driver _driver;
    private readonly Func<string, IEnumerable<string>> _answer;

    /// <param name="options">The driver's options.</param>
    /// <param name="answer">What the logger says to a frame of the driver; nothing by default.</param>
    public DataLogger(Hj212Options? options = null, Func<string, IEnumerable<string>>? answer = null)
    {
        _answer = answer ?? (_ => []);
        Lines = [NewLine()];
        _driver = new Hj212Driver(new FakeBuses { Line = _ => Open() }.Tools(Time, "logger"), options ?? Options());
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public List<ScriptedLine> Lines { get; }

    public ScriptedLine Line => Lines[^1];

    /// <summary>How often the line was opened.</summary>
    public int Opened { get; private set; }

    /// <summary>The position of the last record that was made durable.</summary>
    public string? Position { get; set; }

    public IEnumerable<string> Sent => Lines.SelectMany(l => l.Sent).Select(Encoding.ASCII.GetString);

    public static Hj212Options Options() => new()
    {
        Bus = "serial",
        Dialect = Hj212Dialect.SurfaceWater,
        Station = Mn,
        System = "21",
        Command = "2061",
        Value = "Avg",
        DataTime = Hj212DataTime.Start,
        Period = TimeSpan.FromHours(4),
        UtcOffset = TimeSpan.FromHours(8),
        Silence = TimeSpan.FromMinutes(10),
        Parameters = [new("w01019", "w01019", "mg/L", null), new("w21003", "w21003", "mg/L", new MeasuredValue(25, -3))],
    };

    /// <summary>A frame of data.</summary>
    public static string Frame(string items, string qn = "20260706103512345", string head = "ST=21;CN=2061;PW=123456;MN=" + Mn + ";Flag=9")
    {
        var segment = $"QN={qn};{head};CP=&&{items}&&";
        return $"##{segment.Length:D4}{segment}{Hj212Crc.Of(Encoding.ASCII.GetBytes(segment)):X4}\r\n";
    }

    /// <summary>The 9014 to a frame of a QN.</summary>
    public static string Answer(string qn = "20260706103512345") => Frame("", qn, $"ST=91;CN=9014;PW=123456;MN={Mn};Flag=8");

    public void Push(params string[] pieces) => Array.ForEach(pieces, p => Line.Push(Encoding.ASCII.GetBytes(p)));

    public Task<DriverReply> Read() => _driver.ReadAsync(new SampleRequest(default, Position), TestContext.Current.CancellationToken);

    /// <summary>Reads a record and makes it durable.</summary>
    public async Task<DriverReply.Sampled> Take()
    {
        var sampled = Assert.IsType<DriverReply.Sampled>(await Read());
        Position = sampled.Position;
        return sampled;
    }

    /// <summary>Lets time pass, reads everything that has arrived, and lets the read run out of patience.</summary>
    public async Task<DriverReply> Idle(TimeSpan? passes = null)
    {
        Time.Advance(passes ?? TimeSpan.Zero);
        var read = Read();
        Time.Advance(Patience);
        return await Wait.For(read, "the read ends");
    }

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    private ScriptedLine Open()
    {
        if (++Opened > Lines.Count)
        {
            Lines.Add(NewLine());
        }

        return Lines[Opened - 1];
    }

    private ScriptedLine NewLine() => new(sent => _answer(Encoding.ASCII.GetString(sent)).Select(Encoding.ASCII.GetBytes));
}
