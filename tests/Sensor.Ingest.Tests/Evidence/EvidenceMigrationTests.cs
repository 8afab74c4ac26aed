using Sensor.Contracts.Wire;
using Sensor.Ingest.Backups;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Archives;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Evidence;

/// <summary>Files of every version of the evidence's tables are about (tests/cases/stores): each opens, and not a byte of what came is changed.</summary>
public sealed class EvidenceMigrationTests : IDisposable
{
    private const string Root = "19d14b93a60f30fc26adca328098edaee4fc4c956669fcef2cfc1f708aca6e61";
    private readonly ArchivedLog _log = new();

    public EvidenceMigrationTests()
    {
        Directory.CreateDirectory(_log.Configuration.DataDirectory);
        File.Copy(Repository.PathOf("tests/cases/stores/evidence-1.db"), EvidencePath);
    }

    private string EvidencePath => EvidenceLog.PathIn(_log.Configuration.DataDirectory);

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(1, "a file of the first version")]
    [InlineData(0, "a file from before files had versions: the same tables")]
    public void Open_FileOfAnEarlierVersion_BringsItForwardAndKeepsWhatCame(int version, string what)
    {
        using (var old = Database.OpenForWriting(EvidencePath, $"PRAGMA user_version={version}"))
        {
            Assert.True(old.Version == version, what);
        }

        var before = Came();
        using (var log = EvidenceLog.Open(_log.Configuration.DataDirectory, TimeProvider.System))
        {
            Assert.Equal((4L, Root), (log.Checkpoint.Size, log.Checkpoint.Root.ToString()));
        }

        Assert.Equal(before, Came());
        using var evidence = Database.OpenForReading(EvidencePath);
        Assert.Equal(EvidenceSchema.Versions.Count, evidence.Version);
        Assert.Equal(0L, evidence.Number("SELECT count(*) FROM archived"));
    }

    [Fact]
    public void Archive_FileOfTheFirstVersion_IsBroughtForwardAndMoved()
    {
        Assert.Equal(Root, Assert.Single(_log.Archive(remove: true, most: 100)).Root.ToString());
        Assert.Equal([true, false, false, false], _log.Lengths().Select(length => length > 0));
    }

    [Fact]
    public void Restore_BackupOfTheFirstVersion_IsTakenAndBroughtForward()
    {
        StoreBackup.Make(_log.Configuration, _log.In("backup"), withKey: false, TimeProvider.System);
        var elsewhere = _log.Configuration with { DataDirectory = _log.In("other") };

        Assert.Equal(Root, StoreRestore.Take(elsewhere, _log.In("backup"), TimeProvider.System).Log.Root.ToString());

        using var evidence = EvidenceStores.OpenForReading(elsewhere);
        Assert.Equal(4L, evidence.Number("SELECT count(*) FROM evidence"));
    }

    [Theory]
    [InlineData(1, "has version 1 of its tables; this program reads 2. Start the service of this program once")]
    [InlineData(99, "has version 99 of its tables; this program reads 2. Run the program that wrote it")]
    public void OpenForReading_OtherVersion_SaysWhatToDo(int version, string said)
    {
        Database.OpenForWriting(EvidencePath, $"PRAGMA user_version={version}").Dispose();

        Assert.Contains(said, Assert.Throws<IOException>(() => EvidenceStores.OpenForReading(_log.Configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileOfANewerProgram_IsRefusedAndNotTouched()
    {
        Database.OpenForWriting(EvidencePath, "PRAGMA user_version=99").Dispose();

        Assert.Contains("has version 99", Assert.Throws<IOException>(() => EvidenceLog.Open(_log.Configuration.DataDirectory, TimeProvider.System)).Message, StringComparison.Ordinal);
        using var evidence = Database.OpenForReading(EvidencePath);
        Assert.Equal(99, evidence.Version);
    }

    [Fact]
    public void Frozen_FileOfTheFirstVersion_HoldsWhatItsReadmeSays()
    {
        using var evidence = Database.OpenForReading(EvidencePath);

        Assert.Equal(1, evidence.Version);
        var rows = evidence.Query("SELECT idx, digest, envelope FROM evidence ORDER BY idx", row => (Digest: row.Digest(1), Bytes: row.Bytes(2)));
        Assert.All(rows, row => Assert.True(Envelope.TryParse(row.Bytes, out var envelope, out _) && envelope.Digest == row.Digest));
    }

    // Everything that came and everything that follows from it.
    private string Came()
    {
        using var evidence = Database.OpenForReading(EvidencePath);
        return string.Join('\n', ProjectionDump.Of(evidence));
    }
}
