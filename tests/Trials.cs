namespace WaterWatch.Testing;

/// <summary>How often a long trial runs: <c>tests/run.sh --long</c> asks for the full counts, everything else for reduced ones with the same seeds.</summary>
internal static class Trials
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("WATERWATCH_TRIALS") == "full";

    /// <summary>The count to use now.</summary>
    public static int Of(int reduced, int full) => Full ? full : reduced;
}
