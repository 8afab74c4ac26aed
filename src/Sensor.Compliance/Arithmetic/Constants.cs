namespace Sensor.Compliance.Arithmetic;

/// <summary>
/// Numbers that always come out the same and are asked for again and again, kept once computed. What is kept changes no result.
/// Thread-safe: two threads may compute one number twice and keep the same.
/// </summary>
internal static class Constants
{
    private const int MostNumbers = 640;

    /// <summary>With more decimals nothing is kept; they are asked for only where a result lies next to the middle of two.</summary>
    private static readonly Entry?[] Kept = new Entry?[MostNumbers];

    /// <summary>A number of some decimals.</summary>
    /// <param name="decimals">Its decimals.</param>
    /// <param name="number">Which one, 0 to 639.</param>
    /// <param name="compute">Computes it.</param>
    public static Approximation Get(int decimals, int number, Func<Approximation> compute) =>
        decimals == Powers.FirstDecimals ? (Kept[number] ??= new Entry(compute())).Number : compute();

    private sealed record Entry(Approximation Number);
}
