using CsCheck;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Tests.Outbox;

public sealed class RangeSetTests
{
    private static readonly Gen<(bool Add, int First, int Last)[]> Steps = Gen.Select(Gen.Bool, Gen.Int[1, 60], Gen.Int[0, 60]).Array[0, 30];

    [Fact]
    public void AddAndRemove_AnySteps_EqualAPlainSet() => Steps.Sample(steps =>
    {
        var (ranges, plain) = Apply(steps);
        var expected = plain.Order().Select(n => (long)n);
        var gaps = ranges.Ranges.Zip(ranges.Ranges.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First);
        return gaps && ranges.Count == plain.Count && expected.SequenceEqual(Numbers(ranges)) && Enumerable.Range(0, 62).All(n => ranges.Contains(n) == plain.Contains(n));
    });

    [Fact]
    public void Except_AnyTwoSets_EqualsThePlainDifference() => Gen.Select(Steps, Steps).Sample((a, b) =>
    {
        var ((one, plainOne), (two, plainTwo)) = (Apply(a), Apply(b));
        return Numbers(one.Except(two)).SequenceEqual(plainOne.Except(plainTwo).Order().Select(n => (long)n));
    });

    [Fact]
    public void FirstOutside_AnyTwoSets_IsTheLeastNumberInNeither() => Gen.Select(Steps, Steps, Gen.Int[1, 60]).Sample((a, b, from) =>
    {
        var ((one, plainOne), (two, plainTwo)) = (Apply(a), Apply(b));
        return RangeSet.FirstOutside(from, one, two) == Enumerable.Range(from, 200).First(n => !plainOne.Contains(n) && !plainTwo.Contains(n));
    });

    [Fact]
    public void Pack_AnySet_UnpacksToTheSame() => Steps.Sample(steps =>
    {
        var (ranges, _) = Apply(steps);
        return Numbers(Coverage.Unpack(Coverage.Pack(ranges))).SequenceEqual(Numbers(ranges));
    });

    private static IEnumerable<long> Numbers(RangeSet set) => set.Ranges.SelectMany(r => Enumerable.Range((int)r.First, (int)(r.Last - r.First + 1))).Select(n => (long)n);

    private static (RangeSet Ranges, HashSet<int> Plain) Apply((bool Add, int First, int Last)[] steps)
    {
        var (ranges, plain) = (RangeSet.Empty, new HashSet<int>());
        foreach (var (add, first, last) in steps)
        {
            ranges = add ? ranges.Add(first, last) : ranges.Remove(first, last);
            for (var n = first; n <= last; n++)
            {
                _ = add ? plain.Add(n) : plain.Remove(n);
            }
        }

        return (ranges, plain);
    }
}
