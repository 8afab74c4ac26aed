namespace Sensor.Compliance.Outcomes;

/// <summary>What a window came to.</summary>
public enum OutcomeResult
{
    /// <summary><c>pass</c>: the agreed quality is met.</summary>
    Pass,

    /// <summary><c>fail</c>: it is not met, or an accident was determined.</summary>
    Fail,

    /// <summary><c>exempt</c>: a determination exempts the window; nobody pays.</summary>
    Exempt,

    /// <summary><c>indeterminate</c>: too little was measured; nobody pays until more is known.</summary>
    Indeterminate,
}

/// <summary>How settled an outcome is.</summary>
public enum OutcomeState
{
    /// <summary><c>open</c>: the window had not ended; this is a standing, never signed.</summary>
    Open,

    /// <summary><c>provisional</c>: the window had ended, but not the days in which late data still count; or no moment was given.</summary>
    Provisional,

    /// <summary><c>final</c>: both had ended.</summary>
    Final,
}

/// <summary>The words of the outcome document.</summary>
public static class OutcomeWords
{
    /// <summary>The word of a result.</summary>
    public static string Word(this OutcomeResult result) => result switch
    {
        OutcomeResult.Pass => "pass",
        OutcomeResult.Fail => "fail",
        OutcomeResult.Exempt => "exempt",
        _ => "indeterminate",
    };

    /// <summary>The word of a result in Chinese.</summary>
    public static string WordZh(this OutcomeResult result) => result switch
    {
        OutcomeResult.Pass => "达标",
        OutcomeResult.Fail => "未达标",
        OutcomeResult.Exempt => "豁免",
        _ => "无法判定",
    };

    /// <summary>The word of a state.</summary>
    public static string Word(this OutcomeState state) => state switch
    {
        OutcomeState.Open => "open",
        OutcomeState.Final => "final",
        _ => "provisional",
    };
}
