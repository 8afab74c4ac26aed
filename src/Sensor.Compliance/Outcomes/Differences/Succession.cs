namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>What becomes of an outcome that was computed for a window.</summary>
public enum Succession
{
    /// <summary>Nothing: it says what stands already, or it is open while the window is final.</summary>
    Unchanged,

    /// <summary>It is the unsigned standing of a window that is still open.</summary>
    Standing,

    /// <summary>It is issued as the first of its window.</summary>
    First,

    /// <summary>It is issued and takes the place of the one that stands.</summary>
    Supersedes,

    /// <summary>It is noted beside the final outcome, which stays: data arrived late, and only a determination of the parties lets them count.</summary>
    LateFinding,
}

/// <summary>When an outcome takes the place of another: docs/agreements.md section 5.</summary>
/// <remarks>Pure and thread-safe.</remarks>
public static class SuccessionRule
{
    /// <summary>Decides by what both documents say, never by when they were computed.</summary>
    /// <param name="issued">The outcome that stands for the window; null where none was issued.</param>
    /// <param name="computed">What the window comes to now.</param>
    public static Succession Of(OutcomeDocument? issued, OutcomeDocument computed)
    {
        var final = issued?.State == "final";
        return (issued, computed.State) switch
        {
            (_, "open") => final ? Succession.Unchanged : Succession.Standing,
            (null, _) => Succession.First,
            _ when issued.Digest == computed.Digest => Succession.Unchanged,
            _ when !final || IsByASignedAct(issued, computed) => Succession.Supersedes,
            _ => issued.VerdictDigest == computed.VerdictDigest ? Succession.Unchanged : Succession.LateFinding,
        };
    }

    /// <summary>Another agreement or other determinations were applied. Determinations that are merely absent are no act of anybody.</summary>
    private static bool IsByASignedAct(OutcomeDocument issued, OutcomeDocument computed) =>
        issued.AgreementDigest != computed.AgreementDigest
        || (computed.DeterminationsDigest is { } determinations && determinations != issued.DeterminationsDigest);
}
