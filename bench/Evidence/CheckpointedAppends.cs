using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Evidence;

/// <summary>Durable appends of one record each, without and with a durable signed checkpoint behind each of them.</summary>
/// <param name="Plain">Appends alone.</param>
/// <param name="Checkpointed">Appends with checkpoints.</param>
internal sealed record CheckpointedAppends(Figure Plain, Figure Checkpointed)
{
    private const int Records = 200;

    public static CheckpointedAppends Measure(string folder, int repetitions)
    {
        using var key = SigningKey.Create();
        var (one, two) = (Directory.CreateDirectory(Path.Combine(folder, "plain")).FullName, Directory.CreateDirectory(Path.Combine(folder, "checkpointed")).FullName);
        using var plain = EvidenceLog.Open(one, TimeProvider.System);
        using var log = EvidenceLog.Open(two, TimeProvider.System);
        using var store = CheckpointStore.Open(two);
        using var reading = Database.OpenForReading(EvidenceLog.PathIn(two));
        var desk = new CheckpointDesk(Configuration(two), key, store, reading, NullLogger.Instance, TimeProvider.System);
        using var station = new BenchStation("ST-1");
        var (baseline, subject) = (new List<double>(), new List<double>());
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            List<RecordArrival> arrivals = [.. Enumerable.Range(0, Records).Select(_ => Arrival(station.Next()))];
            baseline.Add(Time(() => arrivals.ForEach(a => plain.Append([a]))));
            subject.Add(Time(() => arrivals.ForEach(a =>
            {
                log.Append([a]);
                desk.Issue();
            })));
        }

        return new CheckpointedAppends(new Figure("plain", baseline, Records), new Figure("checkpointed", subject, Records));
    }

    public static RecordArrival Arrival(Envelope envelope) =>
        RecordCodec.TryDecode(envelope.Payload, out var decoded, out var refusal) ? new RecordArrival("bench", envelope, decoded) : throw new FormatException(refusal.Detail);

    public static IngestConfiguration Configuration(string folder) => new()
    {
        Deployment = BenchStation.Deployment, Operator = "bench", DataDirectory = folder, KeyFile = Path.Combine(folder, "operator.key.pem"),
        AgreementsDirectory = Directory.Exists(Path.Combine(folder, "agreements")) ? Path.Combine(folder, "agreements") : null, Mqtt = new HostedBroker(), Http = new HttpConfiguration { Port = 0 },
    };

    public static double Time(Action work)
    {
        var begun = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
