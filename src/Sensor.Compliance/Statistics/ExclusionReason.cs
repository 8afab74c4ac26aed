using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>Why an observation does not count. The order of the members is the order in which reasons are tried.</summary>
internal enum ExclusionReason
{
    Determination,
    OtherSeries,
    Trust,
    Flag,
    AboveRange,
    NoWater,
    Unit,
    NoValue,
    Impossible,
    BelowUnknownLimit,
    BelowDetection,
    TimeUnresolved,
    TimeTooWide,
    AtWindowEdge,
    FailedCheck,
    Quality,
    NotPreferred,
    HalfMissing,
    HalvesDiffer,
    ReserveNotNeeded,
    OtherSource,
}

/// <summary>The reasons as codes and in words.</summary>
internal static class ExclusionReasons
{
    public static string Code(this ExclusionReason reason) => reason switch
    {
        ExclusionReason.Determination => "determination",
        ExclusionReason.OtherSeries => "series-not-agreed",
        ExclusionReason.Trust => "trust-not-agreed",
        ExclusionReason.Flag => "flag",
        ExclusionReason.AboveRange => "above-range",
        ExclusionReason.NoWater => "no-water",
        ExclusionReason.Unit => "other-unit",
        ExclusionReason.NoValue => "no-value",
        ExclusionReason.Impossible => "impossible",
        ExclusionReason.BelowUnknownLimit => "below-unknown-detection-limit",
        ExclusionReason.BelowDetection => "below-detection",
        ExclusionReason.TimeUnresolved => "time-unresolved",
        ExclusionReason.TimeTooWide => "time-too-wide",
        ExclusionReason.AtWindowEdge => "at-window-edge",
        ExclusionReason.FailedCheck => "failed-check",
        ExclusionReason.Quality => "quality-test",
        ExclusionReason.HalfMissing => "half-missing",
        ExclusionReason.HalvesDiffer => "halves-differ",
        ExclusionReason.ReserveNotNeeded => "reserve-not-needed",
        ExclusionReason.OtherSource => "other-source-supplies",
        _ => "other-series-preferred",
    };

    public static LocalText Words(this ExclusionReason reason, string flag) => reason switch
    {
        ExclusionReason.Determination => new("excluded by a determination", "经认定剔除"),
        ExclusionReason.OtherSeries => new("the series is not one that the agreement uses", "非协议约定的数据来源"),
        ExclusionReason.Trust => new("the agreement does not accept this kind of trust", "数据可信级别不符合协议约定"),
        ExclusionReason.Flag => FlagWords(flag),
        ExclusionReason.AboveRange => new("flag T: above the measuring range, the number is only a lower bound", "标识T：超上限，数值仅为下界"),
        ExclusionReason.NoWater => Contracts.Flag.Known.TryGetValue(flag, out var f)
            ? new($"flag {flag}: {f.Meaning}", $"标识{flag}：{f.MeaningZh}")
            : new("there was no water", "无水"),
        ExclusionReason.Unit => new("the unit is not the agreed one", "计量单位与协议不符"),
        ExclusionReason.NoValue => new("no value was reported", "无监测值"),
        ExclusionReason.Impossible => new("a pH outside 0 to 14 is not a pH", "pH值超出0～14范围"),
        ExclusionReason.BelowUnknownLimit => new("flag L: below a detection limit that is not known", "标识L：低于检出限，检出限未知"),
        ExclusionReason.BelowDetection => new("flag L: below the detection limit", "标识L：低于检出限"),
        ExclusionReason.TimeUnresolved => new("neither a synchronised clock nor records or receipts say without contradiction when the water was taken", "同步时钟、同步记录及回执均不能一致确定采样时间"),
        ExclusionReason.TimeTooWide => new("it is known less exactly than the agreement demands when the water was taken", "采样时间的不确定度超出协议约定"),
        ExclusionReason.AtWindowEdge => new("it is not certain in which of two windows the water was taken", "采样时间跨越考核期边界，归属无法确定"),
        ExclusionReason.FailedCheck => new("the instrument failed a check and was not known to be right then", "仪器核查不合格，该时段数据无效"),
        ExclusionReason.Quality => new("a quality test of the agreement excludes it", "未通过协议约定的质量检验"),
        ExclusionReason.HalfMissing => new("a half of the joint sample has no usable value", "联合样品缺少一方有效结果"),
        ExclusionReason.HalvesDiffer => new("the halves of the joint sample differ by more than the tolerance", "联合样品双方结果之差超出允许误差"),
        ExclusionReason.ReserveNotNeeded => new("the joint sample counts without its reserve", "联合样品已有有效结果，未采用备用样结果"),
        ExclusionReason.OtherSource => new("another source supplies the values of this span", "该时段采用其他数据来源"),
        _ => new("another agreed series or instrument gave this parameter at the same moment", "同一时刻已采用优先数据来源"),
    };

    private static LocalText FlagWords(string flag) => Contracts.Flag.Known.TryGetValue(flag, out var known)
        ? new($"flag {flag}: {known.Meaning}", $"标识{flag}：{known.MeaningZh}")
        : new($"flag {flag} is not known", $"标识{flag}未知");
}
