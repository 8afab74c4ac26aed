namespace Sensor.Edge.Commands;

/// <summary>Something that the doctor looked at.</summary>
/// <param name="Grade">How it is.</param>
/// <param name="Subject">What was looked at.</param>
/// <param name="What">What was found.</param>
/// <param name="Remedy">What to do; null where there is nothing to do.</param>
internal sealed record Finding(FindingGrade Grade, string Subject, string What, string? Remedy = null)
{
    public static Finding Good(string subject, string what) => new(FindingGrade.Good, subject, what);

    public override string ToString() => $"{Grade switch { FindingGrade.Good => "ok   ", FindingGrade.Doubtful => "look ", _ => "WRONG" }} {Subject}: {What}.{(Remedy is null ? "" : " " + Remedy + ".")}";
}

/// <summary>How something is.</summary>
internal enum FindingGrade
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but somebody should look.</summary>
    Doubtful,

    /// <summary>Does not work.</summary>
    Wrong,
}
