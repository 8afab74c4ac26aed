using System.Net;
using System.Net.Sockets;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Health;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Health;

public sealed class MetricsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();

    public void Dispose()
    {
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Get_Metrics_CountsReadsAndWhatWaits()
    {
        var port = TestBroker.FreePort();
        var configuration = Some.Configuration(_folder, [("anhui", _operator)], 1, Some.Simulated("probe", TimeSpan.FromSeconds(1))) with { Metrics = new MetricsConfiguration(port) };
        EdgeHost.Enroll(configuration);
        await using var host = EdgeHost.Create(configuration);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => host.Snapshot.Appended >= 3, "two slots are stored");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).Split('\n');
        double Value(string name) => double.Parse(Assert.Single(lines, l => l.StartsWith("waterwatch_edge_" + name + " ", StringComparison.Ordinal)).Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(Value("samples_total{instrument=\"probe\",result=\"good\"}") >= 2);
        Assert.Equal(0, Value("samples_total{instrument=\"probe\",result=\"failed\"}"));
        Assert.True(Value("outbox_undelivered_records{operator=\"anhui\"}") >= 3);
        Assert.Equal(0, Value("broker_connected"));
        Assert.InRange(Value("resident_memory_bytes"), 1e6, 1e10);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - Value("last_success_timestamp_seconds{instrument=\"probe\"}"), -5, 60);
        Assert.All(lines.Where(l => l.StartsWith("# TYPE", StringComparison.Ordinal)), type => Assert.Contains(lines, l => l.StartsWith("# HELP " + type.Split(' ')[2] + " ", StringComparison.Ordinal)));
        using var other = await http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Start_PortTaken_SamplesAllTheSame()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var configuration = Some.Configuration(_folder, [("anhui", _operator)], 1, Some.Simulated("probe", TimeSpan.FromSeconds(1))) with { Metrics = new MetricsConfiguration(((IPEndPoint)taken.LocalEndpoint).Port) };
        EdgeHost.Enroll(configuration);
        await using var host = EdgeHost.Create(configuration);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => host.Snapshot.Appended >= 2, "a slot is stored");
    }

    [Fact]
    public void Machine_FilesOfTheKernel_AreRead_AndAbsentOnesAreUnknown()
    {
        Directory.CreateDirectory(_folder["sys/class/thermal/thermal_zone0"]);
        Directory.CreateDirectory(_folder["sys/devices/platform/soc/soc:firmware"]);
        Directory.CreateDirectory(_folder["proc/self"]);
        _folder.Write("sys/class/thermal/thermal_zone0/temp", "48312\n");
        _folder.Write("sys/devices/platform/soc/soc:firmware/get_throttled", "50005\n");
        _folder.Write("proc/self/io", "rchar: 1\nwchar: 2\nwrite_bytes: 4096\ncancelled_write_bytes: 0\n");
        var machine = new Machine(_folder.Path, _folder.Path);

        Assert.Equal((48.312, 0x50005, 4096L), (machine.Temperature, machine.Throttled, machine.WrittenBytes));
        Assert.True(machine.FreeBytes > 0);
        var unknown = new Machine(_folder["none"], _folder["none"]);
        Assert.Equal((null, null, null), (unknown.Temperature, unknown.Throttled, unknown.WrittenBytes));
    }
}
