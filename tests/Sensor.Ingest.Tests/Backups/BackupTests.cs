using Sensor.Ingest.Backups;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tests.PowerCuts;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Backups;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-backup-").FullName;
    private readonly TestStation _station = new("ST-1");
    private readonly IngestConfiguration _configuration;

    public BackupTests() => _configuration = TestIngest.Configure(new HostedBroker { Port = 1 }) with { DataDirectory = In("data"), KeyFile = In("operator.pem") };

    private string Backup => In("backup");

    private IngestConfiguration Elsewhere => _configuration with { DataDirectory = In("other") };

    public void Dispose()
    {
        _station.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Restore_BackupOfAnOpenStore_HoldsWhatWasCommittedAndNotesWhereTheLogGoesOn()
    {
        using var log = Filled(5);
        var manifest = StoreBackup.Make(_configuration, Backup, withKey: false, TimeProvider.System);
        var then = log.Checkpoint;
        log.Append([EvidenceChild.Arrival(_station.Next())]);

        StoreRestore.Take(Elsewhere, Backup, TimeProvider.System);

        using var restored = EvidenceLog.Open(Elsewhere.DataDirectory, TimeProvider.System);
        using var evidence = Database.OpenForReading(EvidenceLog.PathIn(Elsewhere.DataDirectory));
        Assert.Equal((then, then), (manifest.Log, restored.Checkpoint));
        Assert.Equal(then, Assert.Single(new RestoreNotes(evidence).All()).Log);
        using var registry = RegistryStore.Open(Elsewhere.DataDirectory, TimeProvider.System);
        Assert.True(registry.Load().TryFindKey(_station.Key.Public.Id, out _, out _));
        Assert.False(File.Exists(In("backup/operator.key.pem")));
    }

    [Fact]
    public void Restore_FileChanged_IsRefusedAndLeavesNothing()
    {
        Filled(3).Dispose();
        StoreBackup.Make(_configuration, Backup, withKey: false, TimeProvider.System);
        File.AppendAllText(Path.Combine(Backup, "registry.db"), "x");

        Assert.Contains("registry.db is not the file that the manifest names", Refused(Elsewhere), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Elsewhere.DataDirectory));
    }

    [Fact]
    public void Restore_DirectoryInUseOrNotEmpty_IsRefused()
    {
        Filled(3).Dispose();
        StoreBackup.Make(_configuration, Backup, withKey: false, TimeProvider.System);

        Assert.Contains("is not empty", Refused(_configuration), StringComparison.Ordinal);
        using var held = DataDirectoryLock.Take(Elsewhere.DataDirectory);
        Assert.Contains("cannot be taken", Refused(Elsewhere), StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_OfAnotherOperator_IsRefused()
    {
        Filled(1).Dispose();
        StoreBackup.Make(_configuration, Backup, withKey: false, TimeProvider.System);

        Assert.Contains("'zhejiang'", Refused(Elsewhere with { Operator = "zhejiang" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Append_SuccessorOfARunThatWasLost_OwesTheRunBefore()
    {
        using var log = Filled(2);
        var lost = _station.Run;
        _station.Next();
        _station.Restart(_station.Memory);

        var owed = Assert.Single(log.Append([EvidenceChild.Arrival(_station.Next())]).Owed);

        Assert.Equal((lost, 2L), (owed.Run, owed.Through));
    }

    private EvidenceLog Filled(int records)
    {
        using (var registry = RegistryStore.Open(_configuration.DataDirectory, TimeProvider.System))
        {
            registry.Enroll(_station.Id, "Jiekou", _station.Key.Public, null, "test");
        }

        var log = EvidenceLog.Open(_configuration.DataDirectory, TimeProvider.System);
        log.Append([.. Enumerable.Range(0, records).Select(_ => EvidenceChild.Arrival(_station.Next()))]);
        return log;
    }

    private string Refused(IngestConfiguration configuration) => Assert.Throws<IOException>(() => StoreRestore.Take(configuration, Backup, TimeProvider.System)).Message;

    private string In(string name) => Path.Combine(_folder, name);
}
