using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Explanations;

/// <summary>What an agreement demands of the time of a reading, in both languages.</summary>
internal static class TimeExplanation
{
    /// <summary>The sentences; none where the agreement demands nothing.</summary>
    public static IEnumerable<LocalText> Of(AgreedTime? time)
    {
        if (time is not null)
        {
            yield return new(
                $"A reading counts only where it is known to within {time.WidestSeconds.Value} seconds from the earliest to the latest moment when its water was taken, unless a determination confirms it; while a station's clock is not synchronised its count of time is taken to drift by at most {time.ClockDriftPpm.Value} millionths, and a synchronised one to be wrong by at least {time.LeastErrorMilliseconds.Value} ms.",
                $"采样时间的最早与最晚可能时刻相差不超过{time.WidestSeconds.Value}秒的数据方可采用，经认定确认的除外；站点时钟未同步时，其计时漂移按不超过百万分之{time.ClockDriftPpm.Value}计；时钟同步时，其误差按不小于{time.LeastErrorMilliseconds.Value}毫秒计。");
            yield return AtWindowEdge(time.AtWindowEdge.Value);
        }
    }

    private static LocalText AtWindowEdge(EdgeRule rule) => rule switch
    {
        EdgeRule.Neither => new(
            "A reading of which it is not certain in which of two windows its water was taken counts in neither.",
            "采样时间跨越考核期边界的数据，两个考核期均不采用。"),
        EdgeRule.Determination => new(
            "A reading of which it is not certain in which of two windows its water was taken counts only once a determination confirms it, in the window that holds the middle of its interval.",
            "采样时间跨越考核期边界的数据，经认定确认后方可采用，并计入其时间区间中点所在的考核期。"),
        _ => new(
            "A reading of which it is not certain in which of two windows its water was taken counts in the window that holds the middle of its interval.",
            "采样时间跨越考核期边界的数据，计入其时间区间中点所在的考核期。"),
    };
}
