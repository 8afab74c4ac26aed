namespace Sensor.Compliance.Arithmetic;

/// <summary>
/// Numbers that always come out the same and are asked for again and again, kept once computed. What is kept changes no result.
/// Thread-safe: two threads may compute one number twice and keep the same.
/// </summary>
internal static class Constants
{
    /// <summary>Beyond these decimals nothing is kept; they are asked for only where a result lies next to the middle of two.</summary>
    private const int MostDecimals = 160;

    private const int MostNumbers = 512;
    private static readonly Entry?[] Kept = new Entry?[MostNumbers * 3];

    /// <summary>A number of some decimals.</summary>
    /// <param name="decimals">Its decimals.</param>
    /// <param name="number">Which one, 0 to 511.</param>
    /// <param name="compute">Computes it.</param>
    public static Approximation Get(int decimals, int number, Func<Approximation> compute)
    {
        var row = decimals switch { 40 => 0, 80 => 1, MostDecimals => 2, _ => -1 };
        if (row < 0)
        {
            return compute();
        }

        ref var kept = ref Kept[(row * MostNumbers) + number];
        return (kept ??= new Entry(compute())).Number;
    }

    private sealed record Entry(Approximation Number);
}
