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
    public void Append_OverSeveralOpenings_KeepsDenseIndexesAndTheRootOfACleanComputation()
    {
        var digests = new List<Digest>();
        foreach (var size in new[] { 1, 2, 7, 30 })
        {
            var envelopes = Enumerable.Range(0, size).Select(_ => _station.Next()).ToList();
            digests.AddRange(envelopes.Select(e => e.Digest));
            var result = _log.Append([.. envelopes.Select(Arrival)]);
            Assert.Equal(new LogCheckpoint(digests.Count, TestIngest.RootOf(digests)), result.Checkpoint);
            Reopen();
        }

        Assert.Equal(digests, TestIngest.DigestsOf(Read()));
        Assert.Equal(TestIngest.RootOf(digests), _log.Checkpoint.Root);
    }

    [Fact]
    public void Append_SameDigestWithAnotherSignature_IsARepeat()
    {
        var once = _station.Next();
        var again = Envelope.Sign(ContentTypes.Record, once.Payload, _station.Key);
        Assert.NotEqual(once.Signature.ToArray(), again.Signature.ToArray());

        Assert.Equal([Landing.New, Landing.Repeat], _log.Append([Arrival(once), Arrival(again)]).Landings);
        Assert.Equal(1, _log.Checkpoint.Size);
    }

    [Fact]
    public void Append_OtherDigestForOneIdentity_IsAForkAndBothAreKept()
    {
        var first = _station.Next("1.00");
        var second = _station.Sign(TestStation.Readings("9.99", TestStation.Start), 1);

        Assert.Equal([Landing.New, Landing.Fork], _log.Append([Arrival(first), Arrival(second)]).Landings);
        Assert.Equal([first.Digest, second.Digest], TestIngest.DigestsOf(Read()));
        Assert.Equal((1L, 0L, 1L), Assert.Single(Read().Query("SELECT sequence, first_idx, second_idx FROM fork", r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)))));
    }

    [Fact]
    public void Append_GapThenFilled_MovesThroughOverBoth()
    {
        var envelopes = Enumerable.Range(0, 4).Select(_ => _station.Next()).ToList();

        var gapped = Assert.Single(_log.Append([Arrival(envelopes[0]), Arrival(envelopes[3])]).Runs);
        Assert.Equal(1, gapped.Through);
        Assert.Equal([new SequenceRange(4, 4)], gapped.Beyond);
        Assert.Equal(envelopes[0].Digest, gapped.ThroughDigest);

        Reopen();
        var filled = Assert.Single(_log.Append([Arrival(envelopes[2]), Arrival(envelopes[1])]).Runs);
        Assert.Equal((4, envelopes[3].Digest), (filled.Through, filled.ThroughDigest));
        Assert.Empty(filled.Beyond);
    }

    [Fact]
    public void Append_LossRecord_ClosesItsRangeInAnotherRun()
    {
        var lost = Enumerable.Range(0, 3).Select(_ => _station.Next()).ToList();
        var earlier = _station.Run;
        _log.Append([Arrival(lost[0])]);
        _station.Restart(_station.Memory);
        var loss = _station.Next(new LossBody { Run = earlier, First = 2, Last = 3, Count = 2, Reason = LossReason.Space });

        var runs = _log.Append([Arrival(loss)]).Runs.ToDictionary(r => r.Run);

        Assert.Equal((3, null), (runs[earlier].Through, runs[earlier].ThroughDigest));
        Assert.Equal(1, runs[_station.Run].Through);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Append_RunThatForgotRecords_IsNamedARollbackInEitherOrder(bool forgottenFirst)
    {
        var known = new List<Envelope> { _station.Next(), _station.Next() };
        var restored = _station.Memory;
        var forgotten = _station.Next();
        _station.Restart(restored);
        var after = _station.Next();

        _log.Append([.. known.Select(Arrival)]);
        _log.Append([Arrival(forgottenFirst ? forgotten : after)]);
        _log.Append([Arrival(forgottenFirst ? after : forgotten)]);

        Assert.Equal(("forgot-records", 2L, 3L), Assert.Single(Rollbacks()));
        Assert.Equal(4, _log.Checkpoint.Size);
    }

    [Fact]
    public void Append_OrderlyRestart_NamesNoRollback()
    {
        var first = _station.Next();
        _station.Restart(_station.Memory);

        _log.Append([Arrival(first), Arrival(_station.Next())]);

        Assert.Empty(Rollbacks());
    }

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
    public void Append_IdenticalReadingsInAnotherRecord_AreEvidenceTwiceAndOneObservation()
    {
        var (once, again) = (_station.Next("1.80", TestStation.Start), _station.Next("1.80", TestStation.Start));
        var others = new[] { _station.Next("1.8", TestStation.Start), _station.Next("1.80", TestStation.Start.PlusMilliseconds(1)) };

        Assert.Equal(0, _log.Append([Arrival(once)]).ObservationRepeats);
        var result = _log.Append([Arrival(again), .. others.Select(Arrival)]);

        Assert.Equal([Landing.New, Landing.New, Landing.New], result.Landings);
        Assert.Equal((4, 1), (result.Checkpoint.Size, result.ObservationRepeats));
        Assert.Equal([0L, 2L, 3L], Read().Query("SELECT idx FROM observation ORDER BY idx", r => r.GetInt64(0)));
        Assert.Equal(0, _log.Append([Arrival(once)]).ObservationRepeats);
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

    private List<(string Kind, long Said, long Held)> Rollbacks() =>
        Read().Query("SELECT kind, said, held FROM rollback", r => (r.GetString(0), r.GetInt64(1), r.GetInt64(2)));

    private Database Read() => Database.OpenForReading(EvidenceLog.PathIn(_folder));

    private void Reopen()
    {
        _log.Dispose();
        _log = EvidenceLog.Open(_folder, TimeProvider.System);
    }

    private sealed record Unexpected() : Arrival("");
}
