namespace Sensor.Compliance.Cuts;

/// <summary>
/// What one synchronised record says about when the clock that never steps stood at any other count of the boot: a line, in millionths of a
/// millisecond, so that nothing is rounded before bounds are compared.
/// </summary>
/// <param name="Anchor">The synchronised record.</param>
/// <param name="Offset">The bound at a count of 0, in millionths of a millisecond since 1970.</param>
/// <param name="Rate">By how many millionths of a millisecond it grows with each millisecond counted.</param>
internal readonly record struct TimeBound(RecordInCut Anchor, Int128 Offset, long Rate)
{
    /// <summary>Millionths in one, as drift is stated in parts per million.</summary>
    public const long Millionths = 1_000_000;

    /// <summary>The earliest true time at counts from the anchor's on; the clock may have counted too much.</summary>
    public static TimeBound EarliestOn(RecordInCut anchor, ClockTolerance clocks) => Of(anchor, -Error(anchor, clocks), Millionths - clocks.DriftPpm);

    /// <summary>The latest true time at counts from the anchor's on; the clock may have counted too little.</summary>
    public static TimeBound LatestOn(RecordInCut anchor, ClockTolerance clocks) => Of(anchor, Error(anchor, clocks), Millionths + clocks.DriftPpm);

    /// <summary>The earliest true time at counts up to the anchor's, counted back from it.</summary>
    public static TimeBound EarliestBack(RecordInCut anchor, ClockTolerance clocks) => Of(anchor, -Error(anchor, clocks), Millionths + clocks.DriftPpm);

    /// <summary>The latest true time at counts up to the anchor's, counted back from it.</summary>
    public static TimeBound LatestBack(RecordInCut anchor, ClockTolerance clocks) => Of(anchor, Error(anchor, clocks), Millionths - clocks.DriftPpm);

    /// <summary>The bound at a count, in millionths of a millisecond.</summary>
    public Int128 At(Int128 bootMilliseconds) => Offset + (bootMilliseconds * Rate);

    private static TimeBound Of(RecordInCut anchor, Int128 error, long rate) =>
        new(anchor, ((anchor.Record.Wall.UnixMilliseconds + error) * Millionths) - ((Int128)anchor.Record.BootMilliseconds * rate), rate);

    private static Int128 Error(RecordInCut anchor, ClockTolerance clocks) => clocks.ErrorOf(StationTime.EstimatedError(anchor.Record)!.Value);
}
