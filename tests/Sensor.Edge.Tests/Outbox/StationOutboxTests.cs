using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Commands;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Outbox;

public sealed class StationOutboxTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly SigningKey _operator = SigningKey.Create();

    private StationConfiguration Configuration => Some.Configuration(_folder, [("anhui", _operator)]);

    public void Dispose()
    {
        _key.Dispose();
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Append_SeveralRuns_MakeOneChain()
    {
        string[] ends = ["unclean", "orderly", "none"];
        foreach (var end in ends)
        {
            using var outbox = Some.Outbox(Configuration, _key);
            outbox.Append(Some.Body(1));
            outbox.Append(Some.Body(2));
            if (end == "orderly")
            {
                outbox.EndRun();
            }
        }

        var records = Chain.Verified(Configuration.OutboxFile, _key.Public);
        Assert.Equal([1L, 2L, 3L, 1L, 2L, 3L, 1L, 2L, 3L], records.Select(r => r.Record.Header.Sequence));
        Assert.Equal(3, records.Select(r => r.Record.Header.Run).Distinct().Count());
        var boots = records.Select(r => r.Record.Body).OfType<EventBody>().Select(b => (b.Event.Kind, b.Event.After)).ToArray();
        Assert.Equal([("first", EdgeHost.Software), ("unclean", EdgeHost.Software), ("orderly", EdgeHost.Software)], boots);
        Assert.All(records, r => Assert.Equal((Configuration.Digest, ClockStatus.Synchronised), (r.Record.Configuration, r.Record.Clock.Status)));
        Assert.All(records, r => Assert.InRange(r.Record.BootMilliseconds, 36_000_000, 36_060_000));
    }

    [Fact]
    public void Open_ConfigurationChanged_IsRecordedAfterTheBoot()
    {
        Some.Outbox(Configuration, _key).Dispose();
        var changed = Configuration with { Digest = Digest.Of("another"u8) };
        Some.Outbox(changed, _key).Dispose();
        var change = Assert.IsType<EventBody>(Chain.Verified(Configuration.OutboxFile, _key.Public)[2].Record.Body).Event;
        Assert.Equal((EventType.ConfigurationChange, Configuration.Digest.ToString(), changed.Digest.ToString()), (change.Type, change.Before, change.After));
    }

    [Fact]
    public void Append_WithPosition_StoresBothOrNeither()
    {
        using var outbox = Some.Outbox(Configuration, _key);
        outbox.Append(Some.Body(), new DriverPosition("archive", "line 2"));
        Assert.Equal("line 2", outbox.PositionOf("archive"));
        using (var blocker = new SqliteConnection($"Data Source={Configuration.OutboxFile};Pooling=False"))
        {
            // Refuses the second of the two writes of the transaction.
            blocker.Open();
            Run(blocker, "CREATE TRIGGER full BEFORE INSERT ON driver BEGIN SELECT RAISE(ABORT, 'no'); END");
        }

        Assert.Throws<SqliteException>(() => outbox.Append(Some.Body(2), new DriverPosition("archive", "line 3")));
        Assert.Equal((2L, 2L, "line 2"), (outbox.Tail, Chain.Count(Configuration.OutboxFile), outbox.PositionOf("archive")));
        outbox.Append(Some.Body(3));
        Assert.Equal(3, Chain.Verified(Configuration.OutboxFile, _key.Public).Count);
    }

    [Fact]
    public void Append_UnreadableBody_StoresNothing()
    {
        using var outbox = Some.Outbox(Configuration, _key);
        Assert.Throws<UnreadableRecordException>(() => outbox.Append(new ReadingsBody(default, [])));
        Assert.Equal(2, outbox.Append(Some.Body()));
    }

    [Fact]
    public void Append_FromManyThreads_LeavesNoGap()
    {
        using var outbox = Some.Outbox(Configuration, _key);
        Parallel.For(0, 100, i => outbox.Append(Some.Body(i)));
        Assert.Equal(101, Chain.Verified(Configuration.OutboxFile, _key.Public).Count);
        Assert.Equal(101, outbox.LastSequence);
    }

    [Fact]
    public void Open_AlwaysSetsFullSynchronisation()
    {
        for (var i = 0; i < 2; i++)
        {
            using var connection = OutboxDatabase.OpenWriter(Configuration.OutboxFile);
            Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
            Assert.Equal(2L, connection.Scalar("PRAGMA synchronous"));
        }
    }

    [Fact]
    public void Open_AnotherKey_IsRefusedWithBothFingerprints()
    {
        Some.Outbox(Configuration, _key).Dispose();
        using var other = SigningKey.Create();
        var refused = Assert.Throws<EdgeException>(() => Some.Outbox(Configuration, other));
        Assert.Equal(ExitCodes.Key, refused.ExitCode);
        Assert.Contains(_key.Public.Id.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains(other.Public.Id.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnotherStation_IsRefused()
    {
        Some.Outbox(Configuration, _key).Dispose();
        var refused = Assert.Throws<EdgeException>(() => Some.Outbox(Configuration with { Station = "JK-2" }, _key));
        Assert.Equal(ExitCodes.Outbox, refused.ExitCode);
    }

    [Fact]
    public void Open_InUse_IsRefused()
    {
        using var first = Some.Outbox(Configuration, _key);
        Assert.Contains("Stop the other", Assert.Throws<EdgeException>(() => Some.Outbox(Configuration, _key)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16_384)]
    [InlineData(90_000)]
    public void Open_DamagedFile_IsPutAsideAndWhatIsWholeGoesOn(int at)
    {
        using (var outbox = Some.Outbox(Configuration, _key))
        {
            for (var i = 0; i < 200; i++)
            {
                outbox.Append(Some.Body(i));
            }
        }

        var before = Chain.Verified(Configuration.OutboxFile, _key.Public);
        var bytes = File.ReadAllBytes(Configuration.OutboxFile);
        bytes.AsSpan(at, 8_192).Fill(0xA5);
        File.WriteAllBytes(Configuration.OutboxFile, bytes);

        using (var outbox = Some.Outbox(Configuration, _key))
        {
            Assert.Contains("kept as", outbox.Salvaged, StringComparison.Ordinal);
            Assert.Equal(outbox.Tail + 1, outbox.Append(Some.Body()));
        }

        var aside = Aside();
        Assert.Equal(bytes, File.ReadAllBytes(aside));
        var after = SalvagedOutbox.Of(Configuration.OutboxFile);
        after.CheckAgainst(before.Select(r => (r.Record.Header.Sequence, r.Digest)).ToList(), before[0].Record.Header.Run);
        TestContext.Current.SendDiagnosticMessage($"damage at {at}: {after.Kept.Count} of {before.Count} records were whole");
    }

    [Fact]
    public void Open_RecordWasDeleted_KeepsTheOthersAndAnnouncesIt()
    {
        using (var outbox = Some.Outbox(Configuration, _key))
        {
            outbox.Append(Some.Body(1));
            outbox.Append(Some.Body(2));
            outbox.Append(Some.Body(3));
        }

        using (var connection = new SqliteConnection($"Data Source={Configuration.OutboxFile};Pooling=False"))
        {
            connection.Open();
            Run(connection, "DELETE FROM record WHERE position = 3");
        }

        using (var outbox = Some.Outbox(Configuration, _key))
        {
            Assert.Contains("are kept: 3.", outbox.Salvaged, StringComparison.Ordinal);
            Assert.Equal([6L], outbox.Coverage.Removed.Losses);
        }

        var after = SalvagedOutbox.Of(Configuration.OutboxFile);
        Assert.Equal([1L, 2L, 4L], after.Kept.Select(r => r.Header.Sequence));
        var loss = Assert.Single(after.Losses);
        Assert.Equal((3L, 3L, 1L, LossReason.Corruption), (loss.First, loss.Last, loss.Count, loss.Reason));
        Assert.Equal(after.Kept[2].Header.Previous, loss.LastDigest);
        Some.Outbox(Configuration, _key).Dispose();
        Assert.Single(SalvagedOutbox.Of(Configuration.OutboxFile).Losses);
    }

    [Fact]
    public void Open_SomethingElse_IsPutAside()
    {
        const string Letter = "a letter to a friend, long enough to be taken for a database header, and then some more words";
        Directory.CreateDirectory(Configuration.DataDirectory);
        File.WriteAllText(Configuration.OutboxFile, Letter);
        Some.Outbox(Configuration, _key).Dispose();
        Assert.Equal(Letter, File.ReadAllText(Aside()));
        Assert.Equal("first", Assert.IsType<EventBody>(Assert.Single(Chain.Verified(Configuration.OutboxFile, _key.Public)).Record.Body).Event.Kind);
    }

    [Fact]
    public void Schema_EveryColumn_IsWholeNumberTextOrBytes()
    {
        using var connection = OutboxDatabase.OpenWriter(Configuration.OutboxFile);
        var types = connection.Rows(r => r.GetString(0), "SELECT DISTINCT c.type FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table' ORDER BY 1");
        Assert.Equal(["BLOB", "INTEGER", "TEXT"], types);
    }

    /// <summary>The database among the files that were put aside.</summary>
    private string Aside() => Assert.Single(Directory.GetFiles(Configuration.DataDirectory, "outbox.db.damaged-*"), file => Path.GetFileName(file).Count(c => c == '-') == 2);

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
