using System.Diagnostics;
using System.Globalization;
using MQTTnet;
using MQTTnet.Protocol;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace WaterWatch.Bench.Edge;

/// <summary>Measures one thing after another and prints each figure beside its aim.</summary>
internal static class EdgeReport
{
    private const double Megabyte = 1_000_000;
    private const int SlotsPerDay = 1440;
    private const int Starts = 9;
    private const int DenseSeconds = 120;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);

    /// <summary>The program and everything that has to lie beside it; symbols for a debugger need not.</summary>
    public static void Size(string program)
    {
        var files = new DirectoryInfo(Path.GetDirectoryName(program)!).GetFiles().Where(f => f.Extension is not (".dbg" or ".pdb" or ".xml")).ToList();
        Say("the program alone", files.Single(f => f.FullName == program).Length / Megabyte, "MB", null);
        Say($"all {files.Count} files together", files.Sum(f => f.Length) / Megabyte, "MB", 15);
    }

    /// <summary>From just before the process to the signature of the second sample of a replay, which begins when the first is durable.</summary>
    public static async Task StartAsync(string program, TemporaryFolder folder, CancellationToken stop)
    {
        var taken = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            using var key = SigningKey.Create();
            var own = folder.Make($"start-{i}");
            using var station = NativeStation.Start(program, own, 9, key, [Replay(own, 100, 0)]);
            await Until(() => station.Records >= 3, stop);
            var second = Decode(station.Envelope(3));
            taken.Add(second.BootMilliseconds - station.StartedAt);
        }

        taken.Sort();
        Say(Invariant($"start to the first sample durable, median of {Starts} ({taken[0]:0} to {taken[^1]:0})"), taken[Starts / 2], "ms", 100);
    }

    /// <summary>With a sample of each instrument every second, so that checkpoints are in it; a day at the cadence of a minute has 1440 slots.</summary>
    public static async Task BytesAsync(string program, TemporaryFolder folder, CancellationToken stop)
    {
        var own = folder.Make("bytes");
        using var broker = MosquittoServer.Start();
        await using var receiver = await BenchOperator.ConnectAsync(broker.Port);
        using var station = NativeStation.Start(program, own, broker.Port, receiver.Key, NativeStation.Simulated("1s"));
        await Until(() => station.Records > 5, stop);
        var (bytes, records) = (station.WrittenBytes, station.Records);
        await Task.Delay(TimeSpan.FromSeconds(DenseSeconds), stop);
        var perSlot = (station.WrittenBytes - bytes) / (double)DenseSeconds;
        Say(Invariant($"written by the kernel's account for a slot of {NativeStation.Instruments} instruments, over {DenseSeconds} slots in {station.Records - records} records and their receipts"), perSlot / 1000, "kB", null);
        Say(Invariant($"written a day: that x {SlotsPerDay} slots"), perSlot * SlotsPerDay / Megabyte, "MB", 30);
    }

    /// <summary>An outage ends: how fast its records reach an operator, and how fast mosquitto alone carries the same messages one by one.</summary>
    public static async Task DrainAsync(string program, TemporaryFolder folder, int backlog, CancellationToken stop)
    {
        var own = folder.Make("drain");
        var port = MosquittoServer.FreePort();
        await using var late = new DelayedOperator(port);
        using var station = NativeStation.Start(program, own, port, late.Key, [Replay(own, backlog, 0)], new { resendAfter = "5s" });
        await Until(() => station.Records > backlog, stop);
        var receiver = await late.BeginAsync();
        await Until(() => receiver.Held > 0, stop);
        var clock = Stopwatch.StartNew();
        var first = receiver.Held;
        await Until(() => receiver.Held > backlog, stop);
        var rate = (receiver.Held - first) / clock.Elapsed.TotalSeconds;
        var plain = await PlainAsync(late.Port, station, backlog, stop);
        Say("backlog drained, records a second", rate, "/s", null);
        Say(Invariant($"of what mosquitto carries of the same records one by one with QoS 1 ({plain:0}/s)"), rate / plain, "", null);
    }

    /// <summary>At the cadence of a minute, with a broker and an operator that receipts.</summary>
    public static async Task SteadyAsync(string program, TemporaryFolder folder, int minutes, CancellationToken stop)
    {
        var own = folder.Make("steady");
        using var broker = MosquittoServer.Start();
        await using var receiver = await BenchOperator.ConnectAsync(broker.Port);
        using var station = NativeStation.Start(program, own, broker.Port, receiver.Key, NativeStation.Simulated("1m"));
        await Task.Delay(Settled, stop);
        var (clock, busy, records, bytes) = (Stopwatch.StartNew(), station.ProcessorSeconds, station.Records, station.WrittenBytes);
        var most = 0L;
        var ownMost = 0L;
        while (clock.Elapsed < TimeSpan.FromMinutes(minutes))
        {
            (most, ownMost) = station.Resident is var (all, mine) && all > most ? (all, mine) : (most, ownMost);
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }

        var said = Invariant($"{minutes} min at the cadence of a minute, {station.Records - records} records");
        Say($"most resident memory, {said}", most / Megabyte, "MB", 30);
        Say("of it anonymous, its own", ownMost / Megabyte, "MB", null);
        Say("share of one core", 100 * (station.ProcessorSeconds - busy) / clock.Elapsed.TotalSeconds, "%", 1);
        Say("written meanwhile, as it would be in a day", (station.WrittenBytes - bytes) / clock.Elapsed.TotalDays / Megabyte, "MB", 30);
    }

    private static async Task<double> PlainAsync(int port, NativeStation station, int count, CancellationToken stop)
    {
        var payloads = Enumerable.Range(2, count).Select(position => station.Envelope(position)).ToList();
        var received = 0;
        using IMqttClient to = new MqttClientFactory().CreateMqttClient(), from = new MqttClientFactory().CreateMqttClient();
        to.ApplicationMessageReceivedAsync += _ => Task.FromResult(Interlocked.Increment(ref received));
        await to.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), stop);
        await to.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(f => f.WithTopic("plain").WithAtLeastOnceQoS()).Build(), stop);
        await from.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), stop);
        var clock = Stopwatch.StartNew();
        foreach (var payload in payloads)
        {
            await from.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("plain").WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), stop);
        }

        await Until(() => Volatile.Read(ref received) >= count, stop);
        return count / clock.Elapsed.TotalSeconds;
    }

    private static object Replay(string folder, int records, int rate)
    {
        var file = Path.Combine(folder, "replay.csv");
        using (var csv = new StreamWriter(file))
        {
            csv.WriteLine("section,time,parameter,value,unit,flag");
            for (var i = 0; i < records; i++)
            {
                var time = DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                foreach (var (parameter, unit) in new[] { ("w01001", "[pH]"), ("w01009", "mg/L"), ("w01019", "mg/L"), ("w21003", "mg/L"), ("w21011", "mg/L"), ("w21001", "mg/L"), ("w01010", "Cel"), ("w01014", "uS/cm"), ("w01003", "{NTU}") })
                {
                    csv.WriteLine(Invariant($"bench,{time},{parameter},{1 + (i % 7)}.25,{unit},N"));
                }
            }
        }

        return new { id = "archive", driver = "replay", options = new { file, rate } };
    }

    private static StationRecord Decode(byte[] bytes) =>
        Envelope.TryParse(bytes, out var envelope, out _) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) ? decoded.Record! : throw new InvalidDataException("the outbox holds no record");

    private static async Task Until(Func<bool> condition, CancellationToken stop)
    {
        while (!condition())
        {
            await Task.Delay(10, stop);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Say(string what, double value, string unit, double? aim)
    {
        var judged = aim is { } most ? Invariant($"aim {most} {unit}: {(value < most ? "met" : "NOT met")}") : "";
        Console.Out.WriteLine(Invariant($"{value,10:0.00} {unit,-3} {what}. {judged}").TrimEnd());
    }
}
