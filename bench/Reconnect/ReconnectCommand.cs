using System.Diagnostics;
using System.Globalization;
using Sensor.Contracts.Wire;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Reconnect;

/// <summary><c>reconnect</c>: many stations come back at once with their backlogs while others go on; whether everything is stored once, and how long the live records wait.</summary>
internal static class ReconnectCommand
{
    private const int Week = 1_008;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var stations = Number.Option("--stations", "The stations that reconnect at once.", 500, 1, 10_000);
        var records = Number.Option("--records", "The records that each has kept; 1,008 are seven days at ten minutes.", Week, 1, 100_000);
        var healthy = Number.Option("--healthy", "The stations that go on sending, each every five seconds.", 100, 1, 1_000);
        var command = new Command("reconnect", "How long live records wait for their receipts while many stations deliver a backlog, p50 and p99, and whether all is stored exactly once. Needs mosquitto.") { stations, records, healthy };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(stations), parsed.GetValue(records), parsed.GetValue(healthy)));
        return command;
    }

    private static async Task<int> RunAsync(int stations, int records, int healthy)
    {
        var backlogs = new Backlog[stations];
        Parallel.For(0, stations, i => backlogs[i] = Backlog.Sign($"BACK-{i:D4}", records));
        var live = Enumerable.Range(0, healthy).Select(i => new BenchStation($"LIVE-{i:D4}", Backlog.Interval)).ToList();
        using var broker = MosquittoServer.Start();
        using var ingest = await IngestServer.StartAsync(broker.Port, [.. backlogs.Select(b => b.Station), .. live]);
        using var senders = new LiveSenders(broker.Port, live, Period);
        var book = new ReceiptBook(ingest.Key, senders.Take);
        using var subscriber = new Subscriber(broker.Port, "bench-stations", [Topics.Receipt("+", IngestServer.Operator)], book.Take);
        using var stop = new CancellationTokenSource(Patience);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var sending = Task.Factory.StartNew(() => senders.Run(ended.Token), TaskCreationOptions.LongRunning);
        await Task.Delay(Quiet, stop.Token);
        var alone = senders.Seconds;

        var (watch, before) = (Stopwatch.StartNew(), ingest.ProcessorSeconds);
        var backlog = new BacklogSenders(broker.Port, backlogs, book.Through).RunAsync(stop.Token);
        await UntilAsync(() => backlogs.All(b => book.Through(b.Station.Id) == b.Records), backlog, stop.Token);
        var (seconds, processor) = (watch.Elapsed.TotalSeconds, ingest.ProcessorSeconds - before);
        var during = senders.Seconds.Count - alone.Count;

        await ended.CancelAsync();
        await sending;
        await UntilAsync(() => senders.Seconds.Count == senders.Sent, backlog, stop.Token);
        var total = (backlogs.Sum(b => b.Records), senders.Sent);
        Report(total.Item1, stations, seconds, processor, alone, senders.Seconds, during, ingest, await ingest.SizeAsync(), total.Item1 + total.Sent);
        return 0;
    }

    private static async Task UntilAsync(Func<bool> condition, Task sending, CancellationToken stop)
    {
        while (!condition())
        {
            if (sending.IsFaulted)
            {
                await sending;
            }

            await Task.Delay(20, stop);
        }
    }

    private static void Report(long records, int stations, double seconds, double processor, IReadOnlyList<double> alone, IReadOnlyList<double> all, int during, IngestServer ingest, long held, long sent)
    {
        Say($"{records:#,0} records of {stations} stations that reconnect at once, {Backlog.PerMessage} to a message, received in {seconds:0.0} s: {records / seconds:#,0} records/s, {processor / records * 1e6:0} us of processor for a record");
        Say($"live records, from publishing to the receipt: alone p50 {Percentile(alone, 50):0.00} s, p99 {Percentile(alone, 99):0.00} s ({alone.Count}); of the whole run p50 {Percentile(all, 50):0.00} s, p99 {Percentile(all, 99):0.00} s ({all.Count}, {during} of them while the backlog came)");
        Console.WriteLine(new Aim("p99 of live records, seconds", Percentile(all, 99), 2, AtMost: true, "s"));
        Console.WriteLine(new Aim("peak resident memory of the ingest", ingest.PeakMemory / 1e6, 250, AtMost: true, "MB"));
        Say($"  stored {held:#,0} records of {sent:#,0} sent: {(held == sent ? "each once" : "NOT EACH ONCE")}");
    }

    private static double Percentile(IReadOnlyList<double> ascending, int percent) =>
        ascending.Count == 0 ? double.NaN : ascending[int.Max(1, (int)Math.Ceiling(ascending.Count * percent / 100.0)) - 1];

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
