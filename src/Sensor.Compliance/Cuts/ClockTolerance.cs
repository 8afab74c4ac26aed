namespace Sensor.Compliance.Cuts;

/// <summary>How far the clocks of stations are believed; an agreement states both.</summary>
/// <param name="DriftPpm">
/// By how much at most the true time that passed differs from what CLOCK_BOOTTIME counted, in millionths of the count, 0 to 1000.
/// </param>
/// <param name="LeastErrorMilliseconds">The error of a synchronised clock where it estimates a smaller one, 0 or more: some time daemons tell the kernel 0.</param>
public readonly record struct ClockTolerance(int DriftPpm, int LeastErrorMilliseconds)
{
    /// <summary>The error with which a synchronised clock is believed.</summary>
    internal long ErrorOf(long estimated) => estimated > LeastErrorMilliseconds ? estimated : LeastErrorMilliseconds;
}
