using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Evidence;

/// <summary>What a restored image and a cloned card leave in the evidence, in whatever order their records arrive.</summary>
public sealed class RollbackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-rollbacks-").FullName;
    private readonly TestStation _station = new("ST-1");
    private readonly EvidenceLog _log;

    public RollbackTests() => _log = EvidenceLog.Open(_folder, TimeProvider.System);

    public void Dispose()
    {
        _log.Dispose();
        _station.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 1, 0)]
    public void Append_TwoRunsAfterOne_NamesBothInAnyOrder(params int[] order)
    {
        var records = new List<Envelope> { _station.Next() };
        var memory = _station.Memory;
        var runs = Enumerable.Range(0, 2).Select(_ => Begin(memory, records)).ToHashSet();

        Take([.. order.Select(i => records[i])]);

        Assert.Equal(runs, Named().Select(r => r.Run).ToHashSet());
        Assert.All(Named(), r => Assert.Equal(("two-successors", 1L, 1L), (r.Kind, r.Said, r.Held)));
        Assert.Equal(3, _log.Checkpoint.Size);
    }

    [Fact]
    public void Append_ThirdRunAfterOne_IsNamedToo()
    {
        var records = new List<Envelope> { _station.Next() };
        var memory = _station.Memory;
        var runs = Enumerable.Range(0, 3).Select(_ => Begin(memory, records)).ToHashSet();
        Take(records);
        Assert.Equal(runs, Named().Select(r => r.Run).ToHashSet());
    }

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(0, 2, 3, 1)]
    [InlineData(3, 2, 1, 0)]
    public void Append_CloneOfARunThatGoesOn_HasForgottenWhatTheOtherSignsInAnyOrder(params int[] order)
    {
        var records = new List<Envelope> { _station.Next() };
        var memory = _station.Memory;
        records.Add(_station.Next());
        records.Add(_station.Next());
        var clone = Begin(memory, records);

        Take([.. order.Select(i => records[i])]);

        Assert.Equal((clone, "forgot-records", 1L, 3L), Assert.Single(Named()));
        Assert.Equal(4, _log.Checkpoint.Size);
    }

    [Fact]
    public void Append_TwoFirstRunsOfOneKey_AreNamedBoth()
    {
        var records = new List<Envelope>();
        var runs = Enumerable.Range(0, 2).Select(_ => Begin(null, records)).ToHashSet();
        Take(records);
        Assert.Equal(runs, Named().Select(r => r.Run).ToHashSet());
        Assert.All(Named(), r => Assert.Equal("two-beginnings", r.Kind));
    }

    [Fact]
    public void Append_FirstRunOfANewKey_IsNoRollback()
    {
        using var replaced = new TestStation("ST-1");
        Take([_station.Next(), replaced.Next()]);
        Assert.Empty(Named());
    }

    [Fact]
    public void Append_ManyOrderlyRestarts_NameNothing()
    {
        var records = new List<Envelope> { _station.Next() };
        for (var i = 0; i < 5; i++)
        {
            Begin(_station.Memory, records);
        }

        Take(Enumerable.Reverse(records));
        Assert.Empty(Named());
    }

    /// <summary>Both copies of a card sign the next number of one run: neither is lost, and the identity counts for neither.</summary>
    [Fact]
    public void Append_OneIdentityWithTwoDigests_IsAForkAndBothAreKept()
    {
        var first = _station.Next();
        var one = _station.Sign(TestStation.Readings("1.00", TestStation.Start), 2);
        var other = _station.Sign(TestStation.Readings("2.00", TestStation.Start), 2);

        var landings = Take([first, one, other, one, other]);

        Assert.Equal([Landing.New, Landing.New, Landing.Fork, Landing.Repeat, Landing.Repeat], landings);
        Assert.Equal(3, _log.Checkpoint.Size);
        using var read = Database.OpenForReading(EvidenceLog.PathIn(_folder));
        Assert.Equal([(2L, 1L, 2L)], read.Query("SELECT sequence, first_idx, second_idx FROM fork", r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2))));
    }

    private LifeId Begin(PreviousRun? memory, List<Envelope> records)
    {
        _station.Restart(memory);
        records.Add(_station.Next());
        return _station.Run;
    }

    /// <summary>Each in a transaction of its own.</summary>
    private List<Landing> Take(IEnumerable<Envelope> records) => [.. records.SelectMany(record => _log.Append([Arrival(record)]).Landings)];

    private static RecordArrival Arrival(Envelope envelope)
    {
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return new RecordArrival("topic", envelope, decoded);
    }

    private List<(LifeId Run, string Kind, long Said, long Held)> Named()
    {
        using var read = Database.OpenForReading(EvidenceLog.PathIn(_folder));
        return [.. read.Query("SELECT run, kind, said, held FROM rollback", r => (r.Life(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3)))];
    }
}
