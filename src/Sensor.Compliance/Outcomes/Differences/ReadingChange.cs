namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>What can become of a reading between two outcomes, the most important first.</summary>
internal enum ReadingChange
{
    /// <summary>It counts and was not there before.</summary>
    Arrived,

    /// <summary>It counts with another content, by a revision.</summary>
    Revised,

    /// <summary>Another value counts in its place, as when another instrument is preferred.</summary>
    Replaced,

    /// <summary>It counted and is not there any more.</summary>
    Gone,

    /// <summary>It counted and is excluded.</summary>
    Excluded,

    /// <summary>It was excluded and counts.</summary>
    CountedAgain,

    /// <summary>It is excluded and was not there before.</summary>
    ExcludedArrived,

    /// <summary>It was excluded and is not there any more.</summary>
    ExcludedGone,

    /// <summary>It is excluded as before, for another reason.</summary>
    ExcludedOtherwise,

    /// <summary>It was revised, which changes nothing of what counts.</summary>
    RevisedOnly,
}

/// <summary>The codes and words of each.</summary>
internal static class ReadingChangeWords
{
    /// <summary>Whether it changes which numbers enter a mean.</summary>
    public static bool TouchesMeans(this ReadingChange change) => change <= ReadingChange.CountedAgain;

    public static string Code(this ReadingChange change) => change switch
    {
        ReadingChange.Arrived => "readings-arrived",
        ReadingChange.Revised => "readings-revised",
        ReadingChange.Replaced => "readings-replaced",
        ReadingChange.Gone => "readings-gone",
        ReadingChange.Excluded => "readings-excluded",
        ReadingChange.CountedAgain => "readings-no-longer-excluded",
        ReadingChange.ExcludedArrived => "excluded-readings-arrived",
        ReadingChange.ExcludedGone => "excluded-readings-gone",
        ReadingChange.ExcludedOtherwise => "excluded-readings-other-reason",
        _ => "readings-revised-without-effect",
    };

    /// <summary>What happened to so many readings, as in "were revised".</summary>
    public static string VerbEn(this ReadingChange change, int count) => change switch
    {
        ReadingChange.Arrived => "arrived",
        ReadingChange.Revised => count == 1 ? "was revised" : "were revised",
        ReadingChange.Replaced => count == 1 ? "was replaced by another that counts" : "were replaced by others that count",
        ReadingChange.Gone => count == 1 ? "is not there any more" : "are not there any more",
        ReadingChange.Excluded => count == 1 ? "is now excluded" : "are now excluded",
        ReadingChange.CountedAgain => count == 1 ? "is no longer excluded" : "are no longer excluded",
        ReadingChange.ExcludedArrived => "arrived and " + (count == 1 ? "does not count" : "do not count"),
        ReadingChange.ExcludedGone => "that did not count " + (count == 1 ? "is" : "are") + " not there any more",
        ReadingChange.ExcludedOtherwise => (count == 1 ? "is" : "are") + " excluded for another reason",
        _ => (count == 1 ? "was" : "were") + " revised without effect on what counts",
    };

    /// <summary>The same before the number.</summary>
    public static string VerbZh(this ReadingChange change) => change switch
    {
        ReadingChange.Arrived => "新到",
        ReadingChange.Revised => "修订",
        ReadingChange.Replaced => "替换",
        ReadingChange.Gone => "缺失",
        ReadingChange.Excluded => "剔除",
        ReadingChange.CountedAgain => "恢复计入",
        ReadingChange.ExcludedArrived => "新到但不计入",
        ReadingChange.ExcludedGone => "缺失（原未计入）",
        ReadingChange.ExcludedOtherwise => "剔除理由变更",
        _ => "修订（不影响计入值）",
    };
}
