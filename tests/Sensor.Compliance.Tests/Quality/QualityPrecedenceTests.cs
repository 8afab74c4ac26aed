using Sensor.Compliance.Quality;

namespace Sensor.Compliance.Tests.Quality;

public sealed class QualityPrecedenceTests
{
    /// <summary>Row, column, and what stands for both.</summary>
    private static readonly (int One, int Other, int Combined)[] Table =
    [
        (1, 1, 1), (1, 2, 2), (1, 3, 3), (1, 4, 4), (1, 9, 9),
        (2, 1, 2), (2, 2, 2), (2, 3, 3), (2, 4, 4), (2, 9, 9),
        (3, 1, 3), (3, 2, 3), (3, 3, 3), (3, 4, 4), (3, 9, 3),
        (4, 1, 4), (4, 2, 4), (4, 3, 4), (4, 4, 4), (4, 9, 4),
        (9, 1, 9), (9, 2, 9), (9, 3, 3), (9, 4, 4), (9, 9, 9),
    ];

    public static TheoryData<int, int, int> Pairs
    {
        get
        {
            var pairs = new TheoryData<int, int, int>();
            foreach (var (one, other, combined) in Table)
            {
                pairs.Add(one, other, combined);
            }

            return pairs;
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Combine_EveryPair_IsAsTheTableSays(int one, int other, int combined) =>
        Assert.Equal((QualityGrade)combined, QualityPrecedence.Combine([(QualityGrade)one, (QualityGrade)other]));

    [Fact]
    public void Combine_EveryTriple_IsThatOfItsPairsAndPassesOnlyWhereAllPass()
    {
        var grades = Enum.GetValues<QualityGrade>();
        Assert.Equal(25, Table.Select(p => (p.One, p.Other)).Distinct().Count());
        foreach (var (a, b, c) in from a in grades from b in grades from c in grades select (a, b, c))
        {
            var combined = QualityPrecedence.Combine([a, b, c]);
            Assert.Equal(QualityPrecedence.Combine([QualityPrecedence.Combine([a, b]), c]), combined);
            Assert.Equal(combined == QualityGrade.Pass, a == QualityGrade.Pass && b == QualityGrade.Pass && c == QualityGrade.Pass);
        }
    }

    [Fact]
    public void Combine_NoFlag_IsNotEvaluated() => Assert.Equal(QualityGrade.NotEvaluated, QualityPrecedence.Combine([]));
}
