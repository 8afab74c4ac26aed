using System.Diagnostics;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest.Tests.Tracing;

public sealed class TraceCausesTests
{
    [Fact]
    public void Take_OfSomeKeys_GivesEachCauseOnceAndLeavesTheOthers()
    {
        using var spans = new RecordedSpans();
        var causes = new TraceCauses<string>();
        var both = NoteIn(causes, "a", "b");
        var other = NoteIn(causes, "c");

        Assert.Equal([both], causes.Take((string[])["a", "b"]));
        Assert.Empty(causes.Take("a"));
        Assert.Equal([other], causes.Take((IEnumerable<string>?)null));
    }

    [Fact]
    public void Note_MoreThanAreKept_KeepsTheNewest()
    {
        using var spans = new RecordedSpans();
        var causes = new TraceCauses<string>();
        var noted = Enumerable.Range(0, TraceCauses<string>.Most + 3).Select(_ => NoteIn(causes, "a")).ToList();

        Assert.Equal(noted.Skip(3), causes.Take("a"));
    }

    [Fact]
    public void Note_OutsideAnySpan_KeepsNothing()
    {
        var causes = new TraceCauses<string>();

        causes.Note(["a"]);

        Assert.Empty(causes.Take("a"));
    }

    private static ActivityContext NoteIn(TraceCauses<string> causes, params string[] keys)
    {
        using var span = IngestTraces.Examine();
        causes.Note(keys);
        return span!.Context;
    }
}
