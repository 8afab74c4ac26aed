using System.Numerics;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Settlement;

/// <summary>
/// Divides an amount in given proportions so that the parts add up to it exactly. Each part is cut to a number of decimals; what is left goes, one last
/// unit each, to the parts that lost most by the cut, of equal ones to the earlier.
/// </summary>
/// <remarks>The method of largest remainders, on whole numbers. Pure and thread-safe.</remarks>
public static class Apportionment
{
    /// <summary>The parts, in the order of the shares.</summary>
    /// <param name="amount">0 or more; its own decimals are kept even where they are more than <paramref name="decimals"/>.</param>
    /// <param name="shares">Proportions such as 1, 5, 4; each 0 or more, one at least above 0.</param>
    /// <param name="decimals">Decimals of a part, such as 2 for fen.</param>
    /// <exception cref="ArgumentException">A share is below 0 or all are 0, or the amount is below 0.</exception>
    public static IReadOnlyList<ExactDecimal> Of(ExactDecimal amount, IReadOnlyList<ExactDecimal> shares, int decimals)
    {
        if (amount.Sign < 0 || shares.Any(s => s.Sign < 0) || shares.All(s => s.Sign == 0))
        {
            throw new ArgumentException("Only an amount of 0 or more can be divided, by shares of 0 or more that are not all 0.", nameof(shares));
        }

        var scale = int.Max(decimals, amount.Scale);
        var units = Whole(amount, scale);
        var weights = shares.Select(s => Whole(s, shares.Max(x => x.Scale))).ToList();
        var total = weights.Aggregate(BigInteger.Zero, (a, b) => a + b);
        var parts = weights.Select(w => BigInteger.DivRem(units * w, total, out _)).ToArray();
        var left = units - parts.Aggregate(BigInteger.Zero, (a, b) => a + b);
        var byLoss = Enumerable.Range(0, parts.Length).OrderByDescending(i => units * weights[i] % total).ThenBy(i => i);
        foreach (var i in byLoss.Take((int)left))
        {
            parts[i]++;
        }

        return [.. parts.Select(p => new ExactDecimal(p, scale))];
    }

    private static BigInteger Whole(ExactDecimal value, int scale) => value.Mantissa * BigInteger.Pow(10, scale - value.Scale);
}
