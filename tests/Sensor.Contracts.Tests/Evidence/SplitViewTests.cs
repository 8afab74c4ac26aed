using Sensor.Contracts.Evidence;

namespace Sensor.Contracts.Tests.Evidence;

public sealed class SplitViewTests
{
    private static readonly Digest Key = Digest.Of([1]);
    private static readonly LogClaim Shown = Claim(10, 10, "checkpoint");

    [Fact]
    public void Against_ClaimsThatAreTheBeginningOfTheLog_FindsNothing() =>
        Assert.Empty(SplitView.Against([Claim(0, 0), Claim(4, 4), Claim(10, 10)], Shown, null, RootOf));

    [Theory]
    [InlineData(4, 5, "two-roots")]
    [InlineData(10, 9, "two-roots")]
    [InlineData(11, 11, "ahead")]
    public void Against_ClaimOfAnotherHistory_IsNamedWithBothPieces(long size, byte root, string name)
    {
        var finding = Assert.Single(SplitView.Against([Claim(size, root)], Shown, null, RootOf));

        Assert.Equal((name, Shown), (finding.Name, finding.Shown));
        Assert.Contains($"zhejiang signed in receipt that its log had {size} records", finding.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 5, "put-back")]
    [InlineData(11, 11, "put-back")]
    [InlineData(3, 9, "two-roots")]
    public void Against_LogThatWasPutBack_ExcusesOnlyWhatCameAfter(long size, byte root, string name) =>
        Assert.Equal(name, Assert.Single(SplitView.Against([Claim(size, root)], Shown, new ContinuedLog(default, 3, RootOf(3)!.Value), RootOf)).Name);

    [Fact]
    public void Against_RootThatIsNotKnown_SaysNothing() => Assert.Empty(SplitView.Against([Claim(4, 5)], Shown, null, _ => null));

    [Fact]
    public void Among_TwoRootsOfOneSizeByOneKey_AreFoundOnce()
    {
        var other = Claim(4, 5) with { KeyId = Digest.Of([2]) };

        var finding = Assert.Single(SplitView.Among([Claim(3, 3), Claim(4, 4), Claim(4, 4), Claim(4, 5), other]));

        Assert.Equal((LogFindingKind.TwoRoots, Claim(4, 5), Claim(4, 4)), (finding.Kind, finding.Claim, finding.Shown));
    }

    [Theory]
    [InlineData(3, "put-back")]
    [InlineData(4, "two-roots")]
    public void Among_WithACheckpointThatContinuesAnotherLog_ExcusesOnlyWhatCameAfter(long continues, string name)
    {
        var next = Claim(5, 5, "checkpoint") with { IsCheckpoint = true, Continues = new ContinuedLog(default, continues, RootOf(continues)!.Value) };

        Assert.Equal(name, Assert.Single(SplitView.Among([next, Claim(4, 4), Claim(4, 5)])).Name);
    }

    private static Digest? RootOf(long size) => Digest.Of([(byte)size]);

    private static LogClaim Claim(long size, byte root, string name = "receipt") => new("zhejiang", Key, size, Digest.Of([root]), name, default);
}
