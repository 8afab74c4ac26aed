using System.Net;
using System.Net.Sockets;
using System.Text;
using Sensor.Contracts;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Drivers;

/// <summary>The driver and a data logger with a real TCP connection between them.</summary>
public sealed class Hj212SocketTests
{
    private const string Hour = "DataTime=20260706080000;w01019-Avg=1.40,w01019-Flag=N";
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_LoggerThatIsCalled_IsReadAndAnsweredOverTcp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var buses = Buses(((IPEndPoint)listener.LocalEndpoint).Port);
        await using var driver = new Hj212Driver(new DriverTools("logger", Short, buses, TimeProvider.System), DataLogger.Options() with { Bus = "logger" });
        var reading = Until(driver, null);
        using var logger = await listener.AcceptTcpClientAsync(Stop);

        await Send(logger, DataLogger.Frame(Hour)[..40]);
        await Send(logger, DataLogger.Frame(Hour)[40..] + DataLogger.Frame(Hour));
        var position = (await reading).Position;
        var goesOn = Until(driver, position);
        Assert.Equal(DataLogger.Answer() + DataLogger.Answer(), await Receive(logger, 2 * DataLogger.Answer().Length));

        await Send(logger, DataLogger.Frame(Hour.Replace("1.40", "1.41", StringComparison.Ordinal)));
        Assert.Equal("1.41", (await goesOn).Readings[0].Value.ToString());
    }

    [Fact]
    public async Task Read_LoggerThatCallsAndCallsAgain_IsReadAndAnswered()
    {
        var port = TestBroker.FreePort();
        await using var buses = Buses(1);
        await using var driver = new Hj212Driver(new DriverTools("logger", Short, buses, TimeProvider.System), DataLogger.Options() with { Bus = null, Listen = port });
        Assert.IsType<DriverReply.Unchanged>(await driver.ReadAsync(new SampleRequest(default, null), Stop));
        string? position = null;
        foreach (var value in new[] { "1.40", "1.41" })
        {
            using var logger = new TcpClient();
            await logger.ConnectAsync(IPAddress.Loopback, port, Stop);
            await Send(logger, DataLogger.Frame(Hour.Replace("1.40", value, StringComparison.Ordinal)));
            var sampled = await Until(driver, position);
            Assert.Equal(value, sampled.Readings[0].Value.ToString());

            position = sampled.Position;
            var goesOn = driver.ReadAsync(new SampleRequest(default, position), Stop);
            Assert.Equal(DataLogger.Answer(), await Receive(logger, DataLogger.Answer().Length));
            Assert.IsType<DriverReply.Unchanged>(await goesOn);
        }
    }

    [Fact]
    public async Task Read_LoggerThatCallsAgainAfterABreak_GivesWhatItKept()
    {
        var kept = new KeptHours();
        var port = TestBroker.FreePort();
        await using var buses = Buses(1);
        await using var driver = new Hj212Driver(new DriverTools("logger", Short, buses, TimeProvider.System), Hj212HistoryTests.Options with { Bus = null, Listen = port });
        await driver.ReadAsync(new SampleRequest(default, null), Stop);
        var position = await Call(driver, port, 8, null);

        using var logger = new TcpClient();
        await logger.ConnectAsync(IPAddress.Loopback, port, Stop);
        await Send(logger, KeptHours.Frame(11));
        position = (await Until(driver, position)).Position;
        var goesOn = Until(driver, position);
        Assert.Equal(DataLogger.Answer(KeptHours.Qn(11)), await Receive(logger, DataLogger.Answer().Length));
        var request = DataLogger.Frame("BeginTime=20260706080000;EndTime=20260706100000");
        await Send(logger, string.Concat(kept.Answer(await Receive(logger, request.Length))));
        var records = new List<DriverReply.Sampled> { await goesOn };
        records.Add(await Until(driver, records[^1].Position));
        Assert.Equal(["8 10"], kept.Asked);
        Assert.Equal(["0.009", "0.010"], records.Select(r => r.Readings[1].Value.ToString()));
    }

    [Fact]
    public async Task Read_PortIsTaken_FailsWithItsNumber()
    {
        using var other = new TcpListener(IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var buses = Buses(1);
        await using var driver = new Hj212Driver(new DriverTools("logger", Short, buses, TimeProvider.System), DataLogger.Options() with { Bus = null, Listen = port });

        var failed = Assert.IsType<DriverReply.Failed>(await driver.ReadAsync(new SampleRequest(default, null), Stop));
        Assert.Equal((FailureKind.Misconfigured, MissingReason.NoAnswer), (failed.Kind, failed.Reason));
        Assert.StartsWith($"port {port}: ", failed.Detail, StringComparison.Ordinal);
    }

    /// <summary>A call with the data of one hour; the position after it.</summary>
    private static async Task<string?> Call(Hj212Driver driver, int port, int hour, string? position)
    {
        using var logger = new TcpClient();
        await logger.ConnectAsync(IPAddress.Loopback, port, Stop);
        await Send(logger, KeptHours.Frame(hour));
        return (await Until(driver, position)).Position;
    }

    private static StationBuses Buses(int port) => new([new TcpBusConfiguration { Id = "logger", Host = "127.0.0.1", Port = port }], new LinuxBuses(TimeProvider.System));

    private static async Task<DriverReply.Sampled> Until(Hj212Driver driver, string? position)
    {
        while (true)
        {
            if (await driver.ReadAsync(new SampleRequest(default, position), Stop) is DriverReply.Sampled sampled)
            {
                return sampled;
            }
        }
    }

    private static async Task Send(TcpClient logger, string text) => await logger.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Stop);

    private static async Task<string> Receive(TcpClient logger, int length)
    {
        var bytes = new byte[length];
        await logger.GetStream().ReadExactlyAsync(bytes, Stop);
        return Encoding.ASCII.GetString(bytes);
    }
}
