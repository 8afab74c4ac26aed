using System.Globalization;
using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest;
using Sensor.Ingest.Bundles;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Evidence;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Evidence;

/// <summary>The bundle of a year of one section, every four hours; each record names the receipt of the one before, as at a station whose connection holds.</summary>
/// <param name="Records">The records in it.</param>
/// <param name="Receipts">The receipts in it.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="MakeSeconds">How long it took to make it, its own verification included.</param>
/// <param name="Signatures">The signatures of records and receipts verified one after another, and nothing else.</param>
/// <param name="Verifying">The whole verification.</param>
internal sealed record YearOfBundle(int Records, int Receipts, long Bytes, double MakeSeconds, Figure Signatures, Figure Verifying)
{
    private const int Moments = 2_190;
    private const string Section = "街口(鸠坑口)";

    // 2020-01-01T00:00:00+08:00.
    private static readonly Instant Start = new(1_577_808_000_000);

    public static YearOfBundle Measure(string folder, int repetitions)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "year")).FullName;
        Directory.CreateDirectory(Path.Combine(data, "agreements"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "xinanjiang-round-3.json"), Path.Combine(data, "agreements", "agreement.json"));
        using var station = new BenchStation("JIEKOU");
        Fill(data, station);
        var (bundle, seconds) = Make(data, station);
        var items = BundleContainer.Read(bundle).Where(m => m.Name is BundleNames.Records or BundleNames.Receipts).ToDictionary(m => m.Name, m => EnvelopeFile.Split(m.Content));
        using var operatorKey = SigningKey.LoadOrCreate(CheckpointedAppends.Configuration(data).KeyFile);
        var (alone, whole) = (new List<double>(), new List<double>());
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            alone.Add(CheckpointedAppends.Time(() => Verify(items, station, operatorKey)));
            whole.Add(CheckpointedAppends.Time(() => Demand(BundleVerification.Of(bundle))));
        }

        var receipts = items.TryGetValue(BundleNames.Receipts, out var kept) ? kept.Count : 0;
        return new YearOfBundle(items[BundleNames.Records].Count, receipts, bundle.Length, seconds, new Figure("alone", alone, 1), new Figure("whole", whole, 1));
    }

    private static void Fill(string data, BenchStation station)
    {
        using var key = SigningKey.LoadOrCreate(CheckpointedAppends.Configuration(data).KeyFile);
        using var log = EvidenceLog.Open(data, TimeProvider.System);
        using var store = CheckpointStore.Open(data);
        var receipts = new List<Envelope>();
        for (var moment = 0; moment <= Moments; moment++)
        {
            // The last stands behind the end of the window's days of grace.
            var record = station.Next(Start.PlusMilliseconds(moment < Moments ? moment * BenchStation.Interval : 600L * 24 * 3_600_000));
            log.Append([CheckpointedAppends.Arrival(record)]);
            receipts.Add(Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(Receipt(station, record, log.Checkpoint)), key));
            station.Receipts = [new ReceiptSeen("bench", receipts[^1].Digest)];
        }

        new ReceiptStore(store.Tables).Keep(receipts);
    }

    private static Receipt Receipt(BenchStation station, Envelope record, LogCheckpoint log) => new()
    {
        Deployment = BenchStation.Deployment, Station = station.Id, Operator = "bench", Run = station.Run, Through = station.Sequence, ThroughDigest = record.Digest,
        Time = new Instant(station.Sequence), LogSize = log.Size, LogRoot = log.Root,
    };

    private static (byte[] Bundle, double Seconds) Make(string data, BenchStation station)
    {
        var configuration = CheckpointedAppends.Configuration(data);
        var host = IngestHost.Create(configuration);
        host.EnrollStation(station.Id, Section, station.Key.Public, "bench");
        host.AssessNowAsync().GetAwaiter().GetResult();
        host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        using var source = BundleSource.Open(configuration);
        var issued = source.Outcomes.Latest().Single(o => o.Window == "2020");
        var bundle = Array.Empty<byte>();
        var seconds = CheckpointedAppends.Time(() => bundle = new BundleMaker(source).Make(issued));
        return (bundle, seconds);
    }

    private static void Verify(Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> items, BenchStation station, SigningKey operatorKey)
    {
        foreach (var (name, envelopes) in items)
        {
            var key = name == BundleNames.Records ? station.Key.Public : operatorKey.Public;
            if (!envelopes.All(item => Envelope.TryParse(item, out var envelope, out _) && envelope.Verify(key)))
            {
                throw new InvalidOperationException($"a signature in {name} does not hold");
            }
        }
    }

    private static void Demand(BundleReport report)
    {
        if (report.Broken is { } broken)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{broken.Subject}: {broken.Words}"));
        }
    }
}
