using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Checkpoints;

public sealed class CheckpointDeskTests
{
    [Fact]
    public void Issue_AsTheLogGrows_SignsEachSizeOnceUnderOneOrigin()
    {
        using var log = New();

        var empty = log.Issue();
        var first = log.Append(3).Desk.Issue();
        var again = log.Desk.Issue();
        var second = log.Append(300).Issue();

        Assert.Equal((0, Digest.Of([])), (empty.Size, empty.Root));
        Assert.Equal((3, log.RootAt(3)), (first.Checkpoint.Size, first.Checkpoint.Root));
        Assert.Equal(first.Bytes.ToArray(), again.Bytes.ToArray());
        Assert.Equal((303, log.RootAt(303)), (second.Size, second.Root));
        Assert.True(first.IsSignedBy(CheckpointedLog.Key.Public));
        Assert.Single(log.Published().Select(p => p.Checkpoint.Origin).Distinct());
        Assert.All(log.Published(), p => Assert.Null(p.Checkpoint.Continues));
        Assert.True(MerkleTree.Extends(3, first.Checkpoint.Root, 303, second.Root, MerkleTree.Consistency(3, 303, log.Desk.Tree.Subtree)));
    }

    [Fact]
    public void Issue_AfterARestart_GoesOnInTheSameLog()
    {
        using var log = New();
        var before = log.Append(600).Issue();

        log.Restart();
        var after = log.Append(1).Issue();

        Assert.Equal(before.Origin, after.Origin);
        Assert.Null(after.Continues);
        Assert.Equal(log.RootAt(601), after.Root);
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(4, 0)]
    [InlineData(300, 600)]
    public void Issue_EvidencePutBackBehindWhatWasPublished_BeginsALogThatSaysWhichItContinues(int more, int other)
    {
        using var log = New();
        var kept = log.Append(5).Issue();
        var copy = Path.Combine(log.Folder, "copy.db");
        log.Restart(() => File.Copy(EvidenceLog.PathIn(log.Folder), copy));
        var published = log.Append(more).Issue();

        log.Restart(() => File.Copy(copy, EvidenceLog.PathIn(log.Folder), overwrite: true));
        var next = log.Append(other).Issue();

        Assert.NotEqual(published.Origin.Log, next.Origin.Log);
        Assert.Equal(new ContinuedLog(kept.Origin.Log, 5, kept.Root), next.Continues);
        Assert.Equal((5 + other, log.RootAt(5 + other)), (next.Size, next.Root));
        Assert.Equal(published.Root, log.Published().Single(p => p.Checkpoint.Origin == published.Origin && p.Checkpoint.Size == published.Size).Checkpoint.Root);
        Assert.Equal(next.Continues, log.Append(1).Issue().Continues);
    }

    [Fact]
    public void Issue_AfterARestoreWithItsCheckpoints_BeginsALogToo()
    {
        using var log = New();
        var before = log.Append(5).Issue();

        log.Restart(log.NoteRestore);
        var after = log.Issue();

        Assert.Equal(new ContinuedLog(before.Origin.Log, 5, before.Root), after.Continues);
        Assert.Equal((5, before.Root), (after.Size, after.Root));
        Assert.Equal(after.Origin, log.Append(1).Issue().Origin);
    }

    [Fact]
    public void Issue_EvidenceOfAnotherLog_ContinuesFromNothing()
    {
        using var log = New();
        using var other = New();
        var published = log.Append(5).Issue();
        other.Append(9);

        log.Restart(() => other.Restart(() => File.Copy(EvidenceLog.PathIn(other.Folder), EvidenceLog.PathIn(log.Folder), overwrite: true)));

        Assert.Equal(new ContinuedLog(published.Origin.Log, 0, Digest.Of([])), log.Issue().Continues);
    }

    [Fact]
    public void Issue_FaultAtAnyStep_NeverLeadsToTwoRootsOfOneSize()
    {
        var failures = 0;
        for (var step = 1; step < 16; step++)
        {
            var armed = 0;
            using var log = new CheckpointedLog(CheckpointedLog.NewFolder(), inner => new BrittleDatabase(inner, () => Volatile.Read(ref armed)));
            log.Append(2).Issue();
            var seen = new List<Checkpoint>();
            log.Restart();
            armed = step;
            try
            {
                log.Append(300);
                seen.Add(log.Desk.Issue().Checkpoint);
            }
            catch (IOException)
            {
                failures++;
            }

            armed = 0;
            log.Restart();
            log.Append(1);
            seen.Add(log.Issue());

            var published = log.Published().Select(p => p.Checkpoint).ToList();
            Assert.All(seen, checkpoint => Assert.Contains(checkpoint, published));
            Assert.All(published, checkpoint => Assert.Equal(log.RootAt(checkpoint.Size), checkpoint.Root));
            Assert.Single(published.Select(p => p.Origin).Distinct());
        }

        Assert.InRange(failures, 5, 14);
    }

    [Fact]
    public async Task Loop_MuchNews_IssuesAtOnceAndThenOnceAMinute()
    {
        using var log = New();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var loop = new CheckpointLoop(log.Desk, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, time);

        log.Append(1);
        loop.Note();
        await Until.True(() => log.Desk.Latest?.Checkpoint.Size == 1, "the first checkpoint");
        log.Append(1);
        loop.Note();
        await Until.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return log.Desk.Latest!.Checkpoint.Size == 2;
            },
            "the second checkpoint");

        Assert.Equal([1, 2], log.Published().Select(p => p.Checkpoint.Size));
    }

    private static CheckpointedLog New() => new(CheckpointedLog.NewFolder());
}
