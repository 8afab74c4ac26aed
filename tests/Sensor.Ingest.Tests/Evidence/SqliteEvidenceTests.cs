using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.Evidence;

/// <summary>The contract of stores in a SQLite file.</summary>
public sealed class SqliteEvidenceTests : EvidenceStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-evidence-").FullName;

    private protected override IEvidenceStore Open(TimeProvider time) => EvidenceLog.Open(_folder, time);

    private protected override ISqlDatabase OpenForReading() => Database.OpenForReading(EvidenceLog.PathIn(_folder));

    private protected override ISqlDatabase OpenForWriting() => Database.OpenForWriting(EvidenceLog.PathIn(_folder), "");

    private protected override long Rebuild() => StoreRebuild.InSqlite(_folder);

    protected override void Close() => Directory.Delete(_folder, recursive: true);
}
