using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence;

/// <summary>What every store of evidence does; a store has a subclass that opens it.</summary>
public abstract class EvidenceStoreContract : IDisposable
{
    private readonly TestStation _station = new("ST-1");
    private IEvidenceStore? _store;
    private ISqlDatabase? _reading;

    private IEvidenceStore Store => _store ??= Open(TimeProvider.System);

    private ISqlDatabase Reading
    {
        get
        {
            _ = Store;
            return _reading ??= OpenForReading();
        }
    }

    [Fact]
    public void Append_OverSeveralOpenings_KeepsDenseIndexesAndTheRootOfACleanComputation()
    {
        var digests = new List<Digest>();
        foreach (var size in new[] { 1, 2, 7, 30 })
        {
            var envelopes = Enumerable.Range(0, size).Select(_ => _station.Next()).ToList();
            digests.AddRange(envelopes.Select(e => e.Digest));
            var result = Store.Append([.. envelopes.Select(Arrival)]);
            Assert.Equal(new LogCheckpoint(digests.Count, TestIngest.RootOf(digests)), result.Checkpoint);
            Reopen();
        }

        Assert.Equal(digests, TestIngest.DigestsOf(Reading));
        Assert.Equal(TestIngest.RootOf(digests), Store.Checkpoint.Root);
    }

    [Fact]
    public void Append_SameDigestWithAnotherSignature_IsARepeat()
    {
        var once = _station.Next();
        var again = Envelope.Sign(ContentTypes.Record, once.Payload, _station.Key);
        Assert.NotEqual(once.Signature.ToArray(), again.Signature.ToArray());

        Assert.Equal([Landing.New, Landing.Repeat], Store.Append([Arrival(once), Arrival(again)]).Landings);
        Assert.Equal(1, Store.Checkpoint.Size);
    }

    [Fact]
    public void Append_OtherDigestForOneIdentity_IsAForkAndBothAreKept()
    {
        var first = _station.Next("1.00");
        var second = _station.Sign(TestStation.Readings("9.99", TestStation.Start), 1);

        Assert.Equal([Landing.New, Landing.Fork], Store.Append([Arrival(first), Arrival(second)]).Landings);
        Assert.Equal([first.Digest, second.Digest], TestIngest.DigestsOf(Reading));
        Assert.Equal((1L, 0L, 1L), Assert.Single(Reading.Query("SELECT sequence, first_idx, second_idx FROM fork", r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)))));
    }

    [Fact]
    public void Append_GapThenFilled_MovesThroughOverBoth()
    {
        var envelopes = Enumerable.Range(0, 4).Select(_ => _station.Next()).ToList();

        var gapped = Assert.Single(Store.Append([Arrival(envelopes[0]), Arrival(envelopes[3])]).Runs);
        Assert.Equal(1, gapped.Through);
        Assert.Equal([new SequenceRange(4, 4)], gapped.Beyond);
        Assert.Equal(envelopes[0].Digest, gapped.ThroughDigest);

        Reopen();
        var filled = Assert.Single(Store.Append([Arrival(envelopes[2]), Arrival(envelopes[1])]).Runs);
        Assert.Equal((4, envelopes[3].Digest), (filled.Through, filled.ThroughDigest));
        Assert.Empty(filled.Beyond);
    }

    [Fact]
    public void Append_LossRecord_ClosesItsRangeInAnotherRun()
    {
        var lost = Enumerable.Range(0, 3).Select(_ => _station.Next()).ToList();
        var earlier = _station.Run;
        Store.Append([Arrival(lost[0])]);
        _station.Restart(_station.Memory);
        var loss = _station.Next(new LossBody { Run = earlier, First = 2, Last = 3, Count = 2, Reason = LossReason.Space });

        var runs = Store.Append([Arrival(loss)]).Runs.ToDictionary(r => r.Run);

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

        Store.Append([.. known.Select(Arrival)]);
        Store.Append([Arrival(forgottenFirst ? forgotten : after)]);
        Store.Append([Arrival(forgottenFirst ? after : forgotten)]);

        Assert.Equal(("forgot-records", 2L, 3L), Assert.Single(Rollbacks()));
        Assert.Equal(4, Store.Checkpoint.Size);
    }

    [Fact]
    public void Append_OrderlyRestart_NamesNoRollback()
    {
        var first = _station.Next();
        _station.Restart(_station.Memory);

        Store.Append([Arrival(first), Arrival(_station.Next())]);

        Assert.Empty(Rollbacks());
    }

    [Fact]
    public void Append_TwoRunsAfterOne_NamesBoth()
    {
        var first = _station.Next();
        var memory = _station.Memory;
        _station.Restart(memory);
        var one = _station.Next();
        _station.Restart(memory);

        Store.Append([Arrival(first), Arrival(one), Arrival(_station.Next())]);

        Assert.Equal(["two-successors", "two-successors"], Rollbacks().Select(r => r.Kind));
    }

    [Fact]
    public void Append_ClockAheadOfTheArrival_IsCountedOnceAndKept()
    {
        var now = Instant.From(DateTimeOffset.UtcNow);
        var (ahead, within) = (_station.Next(TestStation.Readings("1.80", now), now.PlusMilliseconds(3_600_000)), _station.Next(TestStation.Readings("1.80", now), now.PlusMilliseconds(60_000)));

        var result = Store.Append([Arrival(ahead), Arrival(within)]);

        Assert.Equal((1, 2L), (result.ClockSuspects, result.Checkpoint.Size));
        Assert.Equal(0, Store.Append([Arrival(ahead)]).ClockSuspects);
    }

    [Fact]
    public void Append_IdenticalReadingsInAnotherRecord_AreEvidenceTwiceAndOneObservation()
    {
        var (once, again) = (_station.Next("1.80", TestStation.Start), _station.Next("1.80", TestStation.Start));
        var others = new[] { _station.Next("1.8", TestStation.Start), _station.Next("1.80", TestStation.Start.PlusMilliseconds(1)) };

        Assert.Equal(0, Store.Append([Arrival(once)]).ObservationRepeats);
        var result = Store.Append([Arrival(again), .. others.Select(Arrival)]);

        Assert.Equal([Landing.New, Landing.New, Landing.New], result.Landings);
        Assert.Equal((4, 1), (result.Checkpoint.Size, result.ObservationRepeats));
        Assert.Equal([0L, 2L, 3L], Reading.Query("SELECT idx FROM observation ORDER BY idx", r => r.GetInt64(0)));
        Assert.Equal(0, Store.Append([Arrival(once)]).ObservationRepeats);
    }

    [Fact]
    public void Append_Nothing_ProvesTheStoreAndChangesNothing()
    {
        Store.Append([EvidenceArrivals.Of(_station.Next())]);

        var result = Store.Append([]);

        Assert.Empty(result.Landings);
        Assert.Equal(1, result.Checkpoint.Size);
    }

    [Fact]
    public void Append_RefusedWithTextOfAnyKind_IsADeadLetter()
    {
        Assert.Equal([Landing.Refused], Store.Append([new RefusedArrival("t/\uFFFD", "payload", "no \0 \uD800 end", new byte[] { 0, 1, 255 })]).Landings);

        Assert.Equal(("payload", 3L, "0001FF"), Assert.Single(Reading.Query("SELECT reason, size, bytes FROM dead_letter", r => (r.GetString(0), r.GetInt64(1), Convert.ToHexString(r.Bytes(2))))));
    }

    [Fact]
    public void TakeUpPending_KeysThatAreKnownByNow_LandsThemInTheirOrder()
    {
        var records = new[] { _station.Next(), _station.Next() };
        PendingArrival Pending(Envelope e) => new("topic", e, EvidenceArrivals.Of(e).Decoded.Header);
        Assert.Equal([Landing.Pending, Landing.Pending, Landing.PendingRepeat], Store.Append([Pending(records[0]), Pending(records[1]), Pending(records[0])]).Landings);

        var result = Store.TakeUpPending(new HashSet<Digest> { _station.Key.Public.Id }, (_, bytes) => EvidenceArrivals.Of(bytes));

        Assert.Equal([Landing.New, Landing.New], result.Landings);
        Assert.Equal(2, Assert.Single(result.Runs).Through);
        Assert.Equal(records.Select(r => r.Digest), TestIngest.DigestsOf(Reading));
        Assert.Equal(0, Reading.Number("SELECT count(*) FROM pending"));
    }

    [Fact]
    public void Rebuild_ProjectionsThatWereHarmed_MakesTheSameRowsToTheByte()
    {
        var before = FillWithEverything();
        using (var harming = OpenForWriting())
        {
            foreach (var harm in new[] { "DELETE FROM observation", "UPDATE run SET covered = '1-99', first_idx = 7", "DELETE FROM loss", "DELETE FROM fork", "UPDATE rollback SET held = 0", "DELETE FROM station_last" })
            {
                Assert.True(harming.Execute(harm) > 0, harm);
            }
        }

        Assert.Equal(8, Rebuild());

        using var reading = OpenForReading();
        Assert.Equal(before, ProjectionDump.Of(reading));
    }

    [Fact]
    public void Rebuild_RecordThatWasChanged_IsRefusedAndNothingChanges()
    {
        var before = FillWithEverything();
        using (var harming = OpenForWriting())
        {
            harming.Execute("UPDATE evidence SET envelope = (SELECT envelope FROM evidence WHERE idx = 1) WHERE idx = 2");
        }

        Assert.Throws<InvalidDataException>(() => Rebuild());

        using var reading = OpenForReading();
        Assert.Equal(before.Where(row => !row.StartsWith("evidence", StringComparison.Ordinal)), ProjectionDump.Of(reading).Where(row => !row.StartsWith("evidence", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        _reading?.Dispose();
        _store?.Dispose();
        _station.Dispose();
        Close();
        GC.SuppressFinalize(this);
    }

    private protected abstract IEvidenceStore Open(TimeProvider time);

    private protected abstract ISqlDatabase OpenForReading();

    private protected abstract ISqlDatabase OpenForWriting();

    private protected abstract long Rebuild();

    /// <summary>Clears what was opened.</summary>
    protected abstract void Close();

    // A fork, a repeated reading, a loss that closes another run, a run that forgot records which arrive after it, and a clone.
    private IReadOnlyList<string> FillWithEverything()
    {
        var (first, again) = (_station.Next("1.80", TestStation.Start), _station.Next("1.80", TestStation.Start));
        var restored = _station.Memory;
        var forgotten = _station.Next();
        var fork = _station.Sign(TestStation.Readings("9.99", TestStation.Start), 3);
        var run = _station.Run;
        _station.Restart(restored);
        var after = _station.Next();
        var loss = _station.Next(new LossBody { Run = run, First = 4, Last = 6, Count = 3, Reason = LossReason.Space });
        _station.Restart(restored);
        var clone = _station.Next();
        foreach (var envelope in new[] { after, first, loss, again, clone, forgotten, fork, _station.SignLaterVersion() })
        {
            Store.Append([Arrival(envelope)]);
        }

        var dump = ProjectionDump.Of(Reading);
        _reading!.Dispose();
        _reading = null;
        Reopen();
        return dump;
    }

    private List<(string Kind, long Said, long Held)> Rollbacks() =>
        Reading.Query("SELECT kind, said, held FROM rollback", r => (r.GetString(0), r.GetInt64(1), r.GetInt64(2)));

    [Fact]
    public void Append_AttestedRecords_KeepTheRawBytesOnceAndWhatWasLastSaid()
    {
        var raw = new RawMessage(new byte[] { 1, 2, 3 }, "a file");
        RecordArrival Imported(Envelope envelope) => Arrival(envelope) with { Raw = raw, Attested = true };
        var at = TestStation.Start;

        Store.Append([Imported(_station.Next("1.00", at)), Imported(_station.Next("2.00", at.PlusMilliseconds(60_000)))]);
        Store.Append([Imported(_station.Next("1.50", at)), Arrival(_station.Next("9.00", at.PlusMilliseconds(120_000)))]);

        Assert.Equal(["a file 010203"], Reading.Query("SELECT source, bytes FROM raw WHERE digest = $1", row => $"{row.GetString(0)} {Convert.ToHexString(row.Bytes(1))}", raw.Digest.ToArray()));
        var said = TestStation.Reading(ParameterCatalogue.CodMn, "1.50", at);
        Assert.Equal(AttestedStore.SaidBy(said), AttestedStore.LastSaid(Reading, _station.Id, said));
        Assert.Equal(at.PlusMilliseconds(60_000), AttestedStore.LatestBefore(Reading, _station.Id, at.PlusMilliseconds(200_000)));
        Assert.Equal(2, Reading.Number("SELECT count(*) FROM attested"));
    }

    private static RecordArrival Arrival(Envelope envelope) => EvidenceArrivals.Of(envelope);

    private void Reopen()
    {
        _store?.Dispose();
        _store = null;
    }
}
