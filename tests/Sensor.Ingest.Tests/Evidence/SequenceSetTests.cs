using CsCheck;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.Evidence;

public sealed class SequenceSetTests
{
    [Fact]
    public void Add_AnyRangesInAnyOrder_EqualsASetOfNumbers() => Gen.Int[1, 40].Select(Gen.Int[0, 6]).Array[0, 30].Sample(ranges =>
    {
        var set = new SequenceSet();
        var numbers = new SortedSet<long>();
        foreach (var (first, more) in ranges)
        {
            set.Add(first, first + more);
            numbers.UnionWith(Enumerable.Range(first, more + 1).Select(i => (long)i));
        }

        var through = Enumerable.Range(1, 60).TakeWhile(i => numbers.Contains(i)).LastOrDefault();
        var gaps = Enumerable.Range(1, (int)(numbers.Count == 0 ? 0 : numbers.Max)).Select(i => (long)i).Where(i => !numbers.Contains(i));
        return set.Ranges.SelectMany(All).SequenceEqual(numbers)
            && set.Through == through
            && set.Gaps.SelectMany(All).SequenceEqual(gaps)
            && SequenceSet.Parse(set.ToString()).Ranges.SequenceEqual(set.Ranges);
    });

    [Fact]
    public void Gaps_RangeToTheGreatestNumber_DoesNotOverflow()
    {
        var set = new SequenceSet();
        set.Add(5, long.MaxValue);
        set.Add(2, 2);

        Assert.Equal([new SequenceRange(1, 1), new SequenceRange(3, 4)], set.Gaps);
    }

    private static IEnumerable<long> All(SequenceRange range)
    {
        for (var i = range.First; i <= range.Last; i++)
        {
            yield return i;
        }
    }
}
