using Sensor.Ingest.Backups;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Tests.Archives;

namespace Sensor.Ingest.Tests.Backups;

/// <summary>A backup of evidence of which a part is in archive files.</summary>
public sealed class ArchivedBackupTests : IDisposable
{
    private readonly ArchivedLog _log = new();

    public ArchivedBackupTests()
    {
        _log.Fill(6);
        _log.Archive(remove: true);
        StoreBackup.Make(_log.Configuration, _log.In("backup"), withKey: false, TimeProvider.System);
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Notes_OfABackup_NameWhatToKeepBesideIt()
    {
        Assert.Equal(
            ["The bytes of the entries before 6 are in 2 archive files, evidence-anhui-000000000000.cbor to evidence-anhui-000000000003.cbor. The backup does not hold these: keep a copy of them beside it."],
            BackupArchives.Notes(_log.Configuration, _log.In("backup")));

        File.Delete(Path.Combine(_log.Folder, "evidence-anhui-000000000003.cbor"));
        Assert.Contains("the archive file evidence-anhui-000000000003.cbor", BackupArchives.Notes(_log.Configuration, _log.In("backup"))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_WithTheArchive_DecisionsReadIt()
    {
        Directory.Move(_log.Folder, _log.In("moved"));
        var elsewhere = _log.Configuration with { DataDirectory = _log.In("other"), Archive = [_log.In("moved")] };

        StoreRestore.Take(elsewhere, _log.In("backup"), TimeProvider.System);

        using var evidence = EvidenceStores.OpenForReading(elsewhere);
        Assert.Equal(6, RecordReader.Complete(evidence, _log.Station.Id).Count);
    }

    [Fact]
    public void Restore_WithoutTheArchive_IsRefusedUnlessAskedFor()
    {
        Directory.Delete(_log.Folder, recursive: true);
        var elsewhere = _log.Configuration with { DataDirectory = _log.In("other") };

        var refused = Assert.Throws<IOException>(() => StoreRestore.Take(elsewhere, _log.In("backup"), TimeProvider.System)).Message;
        Assert.Contains("2 archive files of", refused, StringComparison.Ordinal);
        Assert.Contains("the archive file evidence-anhui-000000000000.cbor", refused, StringComparison.Ordinal);
        Assert.Contains("--without-archive", refused, StringComparison.Ordinal);
        Assert.False(Directory.Exists(elsewhere.DataDirectory));

        Assert.Equal(6, StoreRestore.Take(elsewhere, _log.In("backup"), TimeProvider.System, withoutArchive: true).Log.Size);
    }
}
