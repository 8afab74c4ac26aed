using System.Diagnostics;
using Sensor.Contracts.Wire;

namespace WaterWatch.Bench.Ingest;

/// <summary>One load through a real ingest, from the first message to the receipt that covers the last record.</summary>
/// <param name="Seconds">Until every record was receipted.</param>
/// <param name="LeastRate">The fewest records per second that became durable over any five seconds; over the whole where it took less.</param>
/// <param name="PeakMemory">The ingest's resident memory at most, in bytes.</param>
/// <param name="ProcessorSeconds">The processor time of the ingest.</param>
/// <param name="DiskBytes">What it wrote.</param>
/// <param name="Receipts">The receipts that it signed.</param>
internal sealed record IngestRound(double Seconds, double LeastRate, long PeakMemory, double ProcessorSeconds, long DiskBytes, int Receipts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<IngestRound> RunAsync(Load load)
    {
        using var broker = MosquittoServer.Start();
        using var ingest = await IngestServer.StartAsync(broker.Port, load.Stations);
        var book = new ReceiptBook(ingest.Key);
        using var subscriber = new Subscriber(broker.Port, "bench-stations", [Topics.Receipt("+", IngestServer.Operator)], book.Take);
        using var stop = new CancellationTokenSource(Patience);
        var before = ingest.ProcessorSeconds;
        var progress = new Progress(load.PerMessage);
        var sending = Task.Run(() => Publishing.Run(broker.Port, load, () => progress.Messages, stop.Token));
        while (book.Covered < load.Records && !sending.IsFaulted)
        {
            progress.Note(await ingest.SizeAsync());
            stop.Token.ThrowIfCancellationRequested();
            await Task.Delay(20, stop.Token);
        }

        var seconds = progress.Elapsed;
        await sending;
        return new IngestRound(seconds, progress.LeastRate(load.Records), ingest.PeakMemory, ingest.ProcessorSeconds - before, ingest.DiskBytes, book.Receipts);
    }

    /// <summary>How the log grew.</summary>
    private sealed class Progress(int perMessage)
    {
        private const double Span = 5;
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly List<(double Seconds, long Records)> _notes = [(0, 0)];
        private long _messages;

        public double Elapsed => _watch.Elapsed.TotalSeconds;

        public long Messages => Interlocked.Read(ref _messages);

        public void Note(long records)
        {
            _notes.Add((Elapsed, records));
            Interlocked.Exchange(ref _messages, records / perMessage);
        }

        public double LeastRate(long all)
        {
            var growing = _notes.Take(_notes.FindIndex(n => n.Records >= all) + 1).ToList();
            var rates = growing.Select(from => (from, to: growing.Find(n => n.Seconds >= from.Seconds + Span))).Where(pair => pair.to.Records > 0)
                .Select(pair => (pair.to.Records - pair.from.Records) / (pair.to.Seconds - pair.from.Seconds)).ToList();
            return rates.Count > 0 ? rates.Min() : growing[^1].Records / growing[^1].Seconds;
        }
    }
}
