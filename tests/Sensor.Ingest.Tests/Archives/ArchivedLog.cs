using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Tests.PowerCuts;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Archives;

/// <summary>An evidence log in a folder of its own, beside a folder for its archive.</summary>
internal sealed class ArchivedLog : IDisposable
{
    public static readonly Instant Everything = new(long.MaxValue / 2);
    private readonly string _root = Directory.CreateTempSubdirectory("waterwatch-archive-").FullName;

    public ArchivedLog(string name = "data")
    {
        Configuration = TestIngest.Configure(new HostedBroker { Port = 1 }) with { DataDirectory = In(name), KeyFile = In("operator.pem") };
    }

    public TestStation Station { get; } = new("ST-1");

    public IngestConfiguration Configuration { get; set; }

    public string Folder => In("archive");

    public string In(string name) => Path.Combine(_root, name);

    /// <summary>Appends records, the first of them received at a moment and each later one a second after it.</summary>
    public LogCheckpoint Fill(int records, long receivedAt = 1000)
    {
        using var log = EvidenceLog.Open(Configuration.DataDirectory, TimeProvider.System);
        for (var i = 0; i < records; i++)
        {
            log.Append([EvidenceChild.Arrival(Station.Next()) with { ReceivedAt = new Instant(receivedAt + (1000 * i)) }]);
        }

        return log.Checkpoint;
    }

    public AppendResult Append(params Envelope[] envelopes)
    {
        using var log = EvidenceLog.Open(Configuration.DataDirectory, TimeProvider.System);
        return log.Append([.. envelopes.Select(EvidenceChild.Arrival)]);
    }

    public IReadOnlyList<ArchiveManifest> Archive(bool remove, Instant? before = null, int most = 3)
    {
        using var archive = new StoreArchive(Configuration, Folder, remove, most);
        return [.. archive.Run(before ?? Everything)];
    }

    /// <summary>Every record as a decision reads it.</summary>
    public IReadOnlyList<Digest> Records()
    {
        using var evidence = EvidenceStores.OpenForReading(Configuration);
        return [.. RecordReader.Complete(evidence, Station.Id).Select(held => held.Record.Digest)];
    }

    /// <summary>The lengths of what the rows hold.</summary>
    public IReadOnlyList<long> Lengths() => Rows("SELECT length(envelope) FROM evidence ORDER BY idx", row => row.GetInt64(0));

    public IReadOnlyList<T> Rows<T>(string sql, Func<System.Data.Common.DbDataReader, T> read)
    {
        using var evidence = EvidenceStores.OpenForReading(Configuration);
        return evidence.Query(sql, read);
    }

    public void Dispose()
    {
        Station.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
