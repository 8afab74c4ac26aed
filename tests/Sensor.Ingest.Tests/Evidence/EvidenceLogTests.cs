using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence;

public sealed class EvidenceLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-evidence-").FullName;
    private readonly TestStation _station = new("ST-1");
    private EvidenceLog _log;

    public EvidenceLogTests() => _log = EvidenceLog.Open(_folder, TimeProvider.System);

    [Fact]
    public void Append_Failure_LeavesNothingBehind()
    {
        _log.Append([Arrival(_station.Next())]);
        var before = _log.Checkpoint;

        Assert.Throws<ArgumentException>(() => _log.Append([Arrival(_station.Next()), new Unexpected()]));

        Assert.Equal(before, _log.Checkpoint);
        Assert.Single(TestIngest.DigestsOf(Read()));
    }

    [Fact]
    public void Append_OnlyADeadLetterBesideAnotherWriter_LeavesTheFrontierOfTheOther()
    {
        using var other = EvidenceLog.Open(_folder, TimeProvider.System);
        var digests = new[] { _station.Next(), _station.Next(), _station.Next() };
        _log.Append([Arrival(digests[0]), Arrival(digests[1])]);

        other.Append([new RefusedArrival("t", "payload", "no", new byte[1])]);
        Assert.Equal(2, Read().Number("SELECT size FROM log"));
        _log.Append([Arrival(digests[2])]);

        Assert.Equal(new LogCheckpoint(3, TestIngest.RootOf(digests.Select(d => d.Digest))), _log.Checkpoint);
    }

    [Theory]
    [InlineData("DELETE FROM log")]
    [InlineData("UPDATE log SET size = 2, peaks = substr(peaks, 1, 32)")]
    [InlineData("UPDATE log SET size = 7")]
    [InlineData("UPDATE log SET peaks = substr(peaks, 1, 40)")]
    [InlineData("UPDATE log SET peaks = substr(peaks, 1, 32) || zeroblob(32)")]
    public void Open_FrontierThatDoesNotFitTheEvidence_MakesItAnewAndSaysSo(string harm)
    {
        var records = Enumerable.Range(0, 6).Select(_ => _station.Next()).ToList();
        _log.Append([.. records.Select(Arrival)]);
        _log.Dispose();
        using (var database = Database.OpenForWriting(EvidenceLog.PathIn(_folder), ""))
        {
            database.Execute(harm);
        }

        var logger = new FakeLogger();
        _log = EvidenceLog.Open(_folder, TimeProvider.System, logger);

        Assert.Equal(new LogCheckpoint(6, TestIngest.RootOf(records.Select(r => r.Digest))), _log.Checkpoint);
        Assert.Contains("made anew", Assert.Single(logger.Lines), StringComparison.Ordinal);
        Assert.Equal([Landing.New], _log.Append([Arrival(_station.Next())]).Landings);
    }

    [Fact]
    public void Open_EvidenceWithoutSomeRows_IsRefused()
    {
        _log.Append([.. Enumerable.Range(0, 6).Select(_ => Arrival(_station.Next()))]);
        using (var database = Database.OpenForWriting(EvidenceLog.PathIn(_folder), ""))
        {
            database.Execute("DELETE FROM evidence WHERE idx = 4");
        }

        Assert.Contains("rows were removed", Assert.Throws<IOException>(() => EvidenceLog.Open(_folder, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_PendingUpToTheBound_CountsNeitherWhatFailedNorWhatWasTakenUp()
    {
        FillPending(PendingStore.MostRecords - 2);
        Assert.Throws<ArgumentException>(() => _log.Append([Pending(_station.Next()), Pending(_station.Next()), new Unexpected()]));

        Assert.Equal([Landing.Pending, Landing.Pending, Landing.Refused], _log.Append([Pending(_station.Next()), Pending(_station.Next()), Pending(_station.Next())]).Landings);

        _log.TakeUpPending(new HashSet<Digest> { _station.Key.Public.Id }, (topic, bytes) => new RefusedArrival(topic, "signature", "", bytes));
        Assert.Equal([Landing.Pending, Landing.Pending, Landing.Refused], _log.Append([Pending(_station.Next()), Pending(_station.Next()), Pending(_station.Next())]).Landings);
    }

    [Fact]
    public void Append_MoreDeadLettersThanAreKept_DropsTheOldest()
    {
        _log.Append([.. Enumerable.Range(0, DeadLetters.Most + 5).Select(i => new RefusedArrival("t", "payload", $"no {i}", new byte[100_000]))]);

        var kept = Read().Query("SELECT detail, size, length(bytes) FROM dead_letter ORDER BY id", r => (Detail: r.GetString(0), Size: r.GetInt64(1), Bytes: r.GetInt64(2)));
        Assert.Equal((DeadLetters.Most, "no 5"), (kept.Count, kept[0].Detail));
        Assert.Equal((100_000, DeadLetters.MostBytes), (kept[0].Size, kept[0].Bytes));
    }

    public void Dispose()
    {
        _log.Dispose();
        _station.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static RecordArrival Arrival(Envelope envelope)
    {
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return new RecordArrival("topic", envelope, decoded);
    }

    private static PendingArrival Pending(Envelope envelope) => new("topic", envelope, Arrival(envelope).Decoded.Header);

    private void FillPending(int records)
    {
        using var database = Database.OpenForWriting(EvidenceLog.PathIn(_folder), "");
        database.Execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) INSERT INTO pending(key_id, station, digest, envelope, topic, received_at) SELECT zeroblob(32), 'ST-9', 'd' || i, zeroblob(9), 't', 0 FROM n",
            records);
    }

    private Database Read() => Database.OpenForReading(EvidenceLog.PathIn(_folder));

    private void Reopen()
    {
        _log.Dispose();
        _log = EvidenceLog.Open(_folder, TimeProvider.System);
    }

    private sealed record Unexpected() : Arrival("");
}
