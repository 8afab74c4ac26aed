using CsCheck;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Statistics;
using Sensor.Compliance.Tests.Arithmetic;

namespace Sensor.Compliance.Tests.Statistics;

public sealed class PeriodSumTests
{
    private static readonly AgreedParameter CodMn = new("w01019", "mg/L");
    private static readonly AgreedParameter PH = new("w01001", "[pH]");

    private static readonly Gen<ExactDecimal> AnyPH =
        Gen.OneOf(Numbers.PH, Gen.Int[0, 14_000].Select(thousandths => new ExactDecimal(thousandths, 3)), Gen.OneOfConst(ExactDecimal.Zero, ExactDecimal.From(14)));

    [Fact]
    public void Plus_OfSpans_IsTheSumOfTheWholeSpan() => Numbers.Measured.Array[1, 9].Array[1, 12].Sample(days =>
    {
        var all = days.SelectMany(d => d).ToList();
        return Parts(CodMn, days) == Whole(CodMn, days)
            && Parts(CodMn, days).Sum == all.Aggregate(ExactDecimal.Zero, (sum, value) => sum + value)
            && Parts(CodMn, days).MeanOf(CodMn) == ExactDecimal.Quotient(ExactDecimal.Sum(all), ExactDecimal.From(all.Count));
    });

    [Fact]
    public void MeanOf_PHOfSpans_IsTheMeanOfEveryPower() => AnyPH.Array[1, 9].Array[1, 6].Sample(
        days =>
        {
            var all = days.SelectMany(d => d).ToList();
            var ions = all.Aggregate(ExactDecimal.Zero, (sum, value) => sum + Powers.Pow10(-value));
            return Parts(PH, days).MeanOf(PH) == Powers.Log10(ExactDecimal.Quotient(ExactDecimal.From(all.Count), ions))
                && Parts(PH, days).MeanOf(PH) == PhMean.Of(all);
        },
        iter: 200);

    [Fact]
    public void Of_MorePHThan128BitsHold_IsTheSumOfEveryPower()
    {
        var count = 30_000;
        ExactDecimal[] day = [.. Enumerable.Repeat(ExactDecimal.Zero, count), .. Enumerable.Repeat(new ExactDecimal(1, 2), count), ExactDecimal.From(7)];
        var expected = ExactDecimal.From(count) + (ExactDecimal.From(count) * Powers.Pow10(-new ExactDecimal(1, 2))) + Powers.Pow10(ExactDecimal.From(-7));

        Assert.Equal(expected, Whole(PH, [day]).Ions);
    }

    [Fact]
    public void Of_DaysWithTooFewValues_AreLeftOut()
    {
        var days = new[] { 1, 2, 3 }.Select((n, i) => KeyValuePair.Create(new DateOnly(2020, 1, 1 + i), new ArraySegment<ExactDecimal>([.. Enumerable.Repeat(ExactDecimal.One, n)])));

        var sum = PeriodSum.Of(CodMn, days.ToArray(), 2, out var counting);

        Assert.Equal((2, 5), (counting, sum.Count));
    }

    [Fact]
    public void Of_NoDays_HasNoMean() => Assert.Null(Whole(CodMn, []).MeanOf(CodMn));

    [Fact]
    public void DailyValues_OfDaysInAnyOrder_AreTheSame() => Gen.Select(Gen.Int[0, 5].Array[0, 30], Gen.Int).Sample((days, seed) =>
    {
        var amounts = days.Select((day, i) => (new DateOnly(2020, 1, 1).AddDays(day), ExactDecimal.From(i))).ToArray();
        var shuffled = amounts.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Content(DailyValues.Of(amounts)).SequenceEqual(Content(DailyValues.Of(shuffled)));
    });

    private static IEnumerable<string> Content(DailyValues values) => values.Days.Select(d => $"{d.Key:O} {string.Join(' ', d.Value.Order())}");

    private static PeriodSum Parts(AgreedParameter parameter, ExactDecimal[][] days) => days.Select(d => Whole(parameter, [d])).Aggregate((a, b) => a + b);

    private static PeriodSum Whole(AgreedParameter parameter, ExactDecimal[][] days) => PeriodSum.Of(
        parameter, days.Select((d, i) => KeyValuePair.Create(new DateOnly(2020, 1, 1).AddDays(i), new ArraySegment<ExactDecimal>(d))).ToArray(), 1, out _);
}
