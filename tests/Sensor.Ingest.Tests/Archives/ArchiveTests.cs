using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Observations;
using Sensor.Ingest.Tests.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Archives;

public sealed class ArchiveTests : IDisposable
{
    private readonly ArchivedLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Run_WithoutRemove_SealsTheBytesOfEveryEntryAndLeavesTheRows()
    {
        var checkpoint = _log.Fill(7);

        var manifests = _log.Archive(remove: false);

        Assert.Equal([(0, 3), (3, 3), (6, 1)], manifests.Select(m => ((int)m.First, (int)m.Count)));
        Assert.Equal(checkpoint.Root, manifests[^1].Root);
        Assert.Equal(manifests[0].Root, manifests[1].Before().Root());
        Assert.Equal(_log.Rows("SELECT envelope FROM evidence ORDER BY idx", row => Convert.ToHexString(row.Bytes(0))), manifests.SelectMany(Envelopes).Select(e => Convert.ToHexString(e.Span)));
        Assert.All(_log.Lengths(), length => Assert.True(length > 0));
    }

    [Fact]
    public void Run_BeforeAMoment_EndsAtTheFirstEntryThatCameLater()
    {
        _log.Fill(5);

        Assert.Equal([3L], _log.Archive(remove: false, before: new Instant(4000), most: 100).Select(m => m.Next));
        Assert.Empty(_log.Archive(remove: true, before: new Instant(1000)));
    }

    [Fact]
    public void Remove_AllButTheFirstOfARun_DecisionsAndRebuildReadTheArchive()
    {
        _log.Fill(7);
        _log.Station.Restart(_log.Station.Memory);
        _log.Fill(2, 20_000);
        var (records, before) = (_log.Records(), Dump());

        _log.Archive(remove: true);

        Assert.Equal([true, false, false, false, false, false, false, true, false], _log.Lengths().Select(length => length > 0));
        Assert.Equal(9, records.Count);
        Assert.Equal(records, _log.Records());
        Assert.Equal(9, StoreRebuild.Run(_log.Configuration));
        Assert.Equal(before, Dump());
    }

    [Fact]
    public void Remove_ManyEntries_OnlyTheirBytesGoAndTheirRoomIsUsedAgain()
    {
        const string Rest = "SELECT idx, station, hex(run), sequence, hex(digest), received_at, standing, unmapped, typeof(run), typeof(digest), typeof(envelope) FROM evidence ORDER BY idx";
        _log.Fill(300);
        var before = _log.Rows(Rest, row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue)));
        var pages = _log.Rows("PRAGMA page_count", row => row.GetInt64(0))[0];

        _log.Archive(remove: true, most: 100);

        Assert.Equal(before, _log.Rows(Rest, row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue))));
        Assert.True(_log.Rows("PRAGMA freelist_count", row => row.GetInt64(0))[0] > pages / 10, "pages are free");
        _log.Fill(20, 1_000_000);
        Assert.True(_log.Rows("PRAGMA page_count", row => row.GetInt64(0))[0] <= pages, "the file grew although it had room");
    }

    [Fact]
    public void Read_FileChangedOrGoneBehindAnOpenReader_IsNotTakenForTheEntry()
    {
        _log.Fill(3);
        var path = Path.Combine(_log.Folder, Assert.Single(_log.Archive(remove: true)).File);
        using var evidence = EvidenceStores.OpenForReading(_log.Configuration);
        Assert.Equal(3, RecordReader.Complete(evidence, "ST-1").Count);
        var bytes = File.ReadAllBytes(path);

        File.WriteAllBytes(path, [.. bytes.Select(b => b == (byte)'1' ? (byte)'2' : b)]);
        Assert.Contains("no such file is in", Assert.Throws<IOException>(() => RecordReader.Complete(evidence, "ST-1")).Message, StringComparison.Ordinal);

        File.Delete(path);
        Assert.Contains("no such file is in", Assert.Throws<IOException>(() => RecordReader.Complete(evidence, "ST-1")).Message, StringComparison.Ordinal);

        File.WriteAllBytes(path, bytes);
        Assert.Equal(3, RecordReader.Complete(evidence, "ST-1").Count);
    }

    [Fact]
    public void Read_RowWithoutBytesThatWasNeverMoved_IsNotTakenForNothing()
    {
        _log.Fill(2);
        using (var harming = Database.OpenForWriting(EvidenceLog.PathIn(_log.Configuration.DataDirectory), ""))
        {
            harming.Execute("UPDATE evidence SET envelope = zeroblob(0) WHERE idx = 1");
        }

        Assert.Contains("the entry 1 of the evidence has no bytes", Assert.Throws<InvalidDataException>(_log.Records).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EvidenceInPostgres_IsRefusedWithWhatToDoInstead() => Assert.Contains(
        "archives are made of a SQLite file only. Give",
        Assert.Throws<IOException>(() => new StoreArchive(_log.Configuration with { Store = new PostgresStore { Connection = "Host=localhost" } }, _log.Folder, remove: false)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Verify_WhatCanBeWrongWithAFolder_IsSaidOfEachFile()
    {
        _log.Fill(12);
        var files = _log.Archive(remove: false).Select(m => Path.Combine(_log.Folder, m.File)).ToList();
        Assert.All(ArchiveVerification.Of(_log.Folder), line => Assert.True(line.Holds, line.Words));

        File.AppendAllText(files[0], "x");
        File.Delete(ArchiveManifest.ManifestOf(files[2]));
        var lines = ArchiveVerification.Of(_log.Folder).ToList();

        Assert.Equal([false, true, false, false], lines.Select(line => line.Holds));
        Assert.Contains("is not the file that evidence-anhui-000000000000.json names", lines[0].Words, StringComparison.Ordinal);
        Assert.EndsWith("the file that begins with the entry 6 is not here", lines[2].Words, StringComparison.Ordinal);
        Assert.Contains("evidence-anhui-000000000006.cbor has no manifest", lines[3].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_FolderWrittenWithASlashAndMadeOnTheWay_IsNotedWithoutIt()
    {
        _log.Fill(1);
        using (var archive = new StoreArchive(_log.Configuration, Path.Combine(_log.In("a"), "b", "c") + Path.DirectorySeparatorChar, remove: true))
        {
            Assert.Single(archive.Run(ArchivedLog.Everything));
        }

        Assert.Equal([Path.Combine(_log.In("a"), "b", "c")], _log.Rows("SELECT folder FROM archived", row => row.GetString(0)));
    }

    [Fact]
    public void Remove_AfterAnEarlierRun_TakesWhatIsThereAndGoesOn()
    {
        _log.Fill(4);
        var first = _log.Archive(remove: false, most: 3);
        _log.Fill(3, 50_000);

        var second = _log.Archive(remove: true, most: 3);
        var last = _log.Fill(1, 90_000);

        var third = Assert.Single(_log.Archive(remove: true));

        Assert.Equal(first.Select(m => m.ToJson()), second.Take(2).Select(m => m.ToJson()));
        Assert.Equal([0L, 3, 4], second.Select(m => m.First));
        Assert.Equal((7L, last.Root), (third.First, third.Root));
    }

    [Fact]
    public void Append_RepeatAndForkOfMovedEntries_AreKnownWithoutTheArchive()
    {
        _log.Fill(3);
        var moved = Envelopes(Assert.Single(_log.Archive(remove: true)))[1].ToArray();
        Directory.Delete(_log.Folder, recursive: true);

        Assert.True(Envelope.TryParse(moved, out var again, out _));
        Assert.Equal([Landing.Repeat, Landing.Fork, Landing.New], _log.Append(again, _log.Station.Sign(TestStation.Readings("9", TestStation.Start), 2), _log.Station.Next()).Landings);
    }

    [Fact]
    public void Read_FileGone_NamesItAndIsHealedByAnotherFolder()
    {
        _log.Fill(3);
        _log.Archive(remove: true);
        Directory.Move(_log.Folder, _log.In("cold"));

        var refused = Assert.Throws<IOException>(_log.Records);
        Assert.Contains("entries 0 to 2 of the evidence are in the archive file evidence-anhui-000000000000.cbor", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'archive'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["evidence-anhui-000000000000.cbor"], Missing());

        _log.Configuration = _log.Configuration with { Archive = [_log.In("empty"), _log.In("cold")] };
        Assert.Equal(3, _log.Records().Count);
        Assert.Empty(Missing());
    }

    [Fact]
    public void Read_FileOfTheNameWithOtherBytes_IsPassedOver()
    {
        _log.Fill(3);
        _log.Archive(remove: true);
        Directory.CreateDirectory(_log.In("wrong"));
        File.WriteAllText(Path.Combine(_log.In("wrong"), "evidence-anhui-000000000000.cbor"), "x");
        _log.Configuration = _log.Configuration with { Archive = [_log.In("wrong")] };

        Assert.Equal(3, _log.Records().Count);
    }

    [Theory]
    [InlineData("evidence-anhui-000000000000.cbor", "is not the file that evidence-anhui-000000000000.json names")]
    [InlineData("evidence-anhui-000000000003.json", "give the root")]
    public void Run_FileOfAnEarlierRunChanged_IsRefusedAndRemovesNothing(string name, string said)
    {
        _log.Fill(6);
        var path = Path.Combine(_log.Folder, name);
        var root = _log.Archive(remove: false)[1].Root.ToString();
        var text = File.ReadAllText(path, System.Text.Encoding.Latin1);
        File.WriteAllText(path, name.EndsWith(".json", StringComparison.Ordinal) ? text.Replace(root, new string('0', 64), StringComparison.Ordinal) : text[..^1] + "x", System.Text.Encoding.Latin1);

        Assert.Contains(said, Assert.Throws<IOException>(() => _log.Archive(remove: true)).Message, StringComparison.Ordinal);
        Assert.True(_log.Lengths().Skip(3).All(length => length > 0));
    }

    [Fact]
    public void Run_FolderOfAnotherLog_IsRefused()
    {
        using var other = new ArchivedLog();
        other.Fill(3);
        other.Archive(remove: false);
        Directory.Move(other.Folder, _log.Folder);
        _log.Fill(3);

        Assert.Contains("is of another log", Assert.Throws<IOException>(() => _log.Archive(remove: true)).Message, StringComparison.Ordinal);
        Assert.All(_log.Lengths(), length => Assert.True(length > 0));
    }

    [Fact]
    public void Run_LeftoversOfAnInterruptedRun_AreReplaced()
    {
        _log.Fill(3);
        Directory.CreateDirectory(_log.Folder);
        File.WriteAllText(Path.Combine(_log.Folder, "evidence-anhui-000000000000.cbor"), "half a file");
        File.WriteAllText(Path.Combine(_log.Folder, "evidence-anhui-000000000000.json.tmp"), "{");

        _log.Archive(remove: true);

        Assert.Equal(3, _log.Records().Count);
        Assert.Equal(["evidence-anhui-000000000000.cbor", "evidence-anhui-000000000000.json"], Directory.GetFiles(_log.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Remove_WhileAServiceHoldsTheFolder_IsRefused()
    {
        _log.Fill(1);
        using var held = DataDirectoryLock.Take(_log.Configuration.DataDirectory);

        Assert.Contains("cannot be taken", Assert.Throws<IOException>(() => _log.Archive(remove: true)).Message, StringComparison.Ordinal);
        Assert.Single(_log.Archive(remove: false));
    }

    private IReadOnlyList<string> Missing()
    {
        using var evidence = EvidenceStores.OpenForReading(_log.Configuration);
        return [.. evidence.Archive!.Missing(evidence).Select(range => range.File)];
    }

    private IReadOnlyList<ReadOnlyMemory<byte>> Envelopes(ArchiveManifest manifest)
    {
        using var file = File.OpenRead(Path.Combine(_log.Folder, manifest.File));
        return [.. EnvelopeFile.Read(file).SelectMany(batch => batch)];
    }

    // What follows from the evidence; its own rows are meant to change.
    private string Dump()
    {
        using var evidence = EvidenceStores.OpenForReading(_log.Configuration);
        return string.Join('\n', ProjectionDump.Of(evidence).Where(row => !row.StartsWith("evidence ", StringComparison.Ordinal)));
    }
}
