using Sensor.Compliance.Agreements;

namespace Sensor.Ingest.Pages;

/// <summary>The words of the pages in one of the two languages.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="chinese">Whether the language is Simplified Chinese.</param>
public sealed class Words(bool chinese)
{
    private static readonly Dictionary<string, (string En, string Zh)> Table = new(StringComparer.Ordinal)
    {
        ["overview"] = ("Water at the boundary", "边界水质"),
        ["operator"] = ("Operator", "运行方"),
        ["deployment"] = ("Deployment", "部署"),
        ["records"] = ("records in the evidence log", "条证据记录"),
        ["root"] = ("Merkle root", "默克尔根"),
        ["other"] = ("中文", "English"),
        ["decisions"] = ("Decisions", "评估结果"),
        ["no-decisions"] = ("No window has been decided yet: the sections of the agreements have no complete records here.", "尚无评估结果：协议断面暂无完整记录。"),
        ["sections"] = ("Sections", "断面"),
        ["no-sections"] = ("No station is enrolled. Enrol one with: waterwatch-ingest station enroll", "尚未登记站点。登记命令：waterwatch-ingest station enroll"),
        ["section"] = ("Section", "断面"),
        ["class"] = ("Class of the newest readings", "最新水质类别"),
        ["latest"] = ("Newest readings", "最新读数"),
        ["sampled"] = ("Water taken (UTC)", "采样时间（UTC）"),
        ["stations"] = ("Stations", "站点"),
        ["station"] = ("Station", "站点"),
        ["last"] = ("Last record (station's clock, UTC)", "最新记录（站点时钟，UTC）"),
        ["clock"] = ("Clock", "时钟"),
        ["receipted"] = ("Complete through", "连续接收至"),
        ["remarks"] = ("Remarks", "说明"),
        ["none"] = ("none", "无"),
        ["never"] = ("nothing received yet", "尚未收到记录"),
        ["synchronised"] = ("synchronised", "已同步"),
        ["unsynchronised"] = ("not synchronised", "未同步"),
        ["unknown"] = ("unknown", "未知"),
        ["pass"] = ("met", "达标"),
        ["fail"] = ("not met", "未达标"),
        ["exempt"] = ("exempt", "豁免"),
        ["indeterminate"] = ("not decidable: too little was measured", "无法评定：监测数据不足"),
        ["window"] = ("Window", "考核期"),
        ["result"] = ("Result", "结果"),
        ["measured"] = ("Measured", "测得"),
        ["payment"] = ("Payment", "补偿"),
        ["show"] = ("show", "查看"),
        ["class-word"] = ("class", "类别"),
        ["open"] = ("running, unsigned standing", "进行中，未签署的当前状态"),
        ["provisional"] = ("provisional, late data may still count", "暂定，迟到数据仍可计入"),
        ["final"] = ("final", "最终"),
        ["illustrative"] = ("illustrative: moves no money", "示例：不产生实际支付"),
        ["pays"] = ("pays", "支付"),
        ["would-pay"] = ("would pay, as it stands,", "按当前状态应支付"),
        ["nobody"] = ("Nobody pays.", "双方均不支付。"),
        ["tier"] = ("Tier reached", "达到档次"),
        ["index"] = ("Index P", "指数P"),
        ["limit"] = ("limit of", "档次限值"),
        ["room"] = ("room", "余量"),
        ["months"] = ("months that count (of, needed)", "有效月份（共、需）"),
        ["margin"] = ("Margin", "裕度"),
        ["if-excluded"] = ("had the excluded values counted", "若计入被剔除数据"),
        ["if-best"] = ("had the missing days been at the best value observed", "若缺测日取观测最好值"),
        ["if-worst"] = ("had the missing days been at the worst value observed", "若缺测日取观测最差值"),
        ["missing-days"] = ("missing days", "缺测天数"),
        ["changes"] = ("Changed since the outcome that stood before:", "与上一版结果相比："),
        ["late"] = ("late data", "有迟到数据"),
        ["late-finding"] = ("Data arrived after the window was final; it changes the verdict only by a determination. It would change:", "考核期最终确定后有数据到达；仅经认定方可改变结论。若计入，将有以下变化："),
        ["document"] = ("outcome document", "结果文件"),
        ["signature"] = ("signature", "签名"),
        ["gaps"] = ("gaps", "缺号"),
        ["forks"] = ("FORK: two different records with one number", "分叉：同一编号存在两条不同记录"),
        ["rollbacks"] = ("ROLLBACK: runs that do not continue each other", "回退：运行之间不相衔接"),
        ["losses"] = ("losses reported", "已报告丢失"),
        ["metrics"] = ("Metrics", "指标"),
        ["footer"] = ("Every number here follows from signed records; ‘waterwatch assess’ recomputes a decision.", "页面上的每个数字均来自签名记录，可用 waterwatch assess 重新计算。"),
    };

    /// <summary>Whether the language is Simplified Chinese.</summary>
    public bool Chinese => chinese;

    /// <summary>A word of the table.</summary>
    public string this[string key] => chinese ? Table[key].Zh : Table[key].En;

    /// <summary>A text of an agreement.</summary>
    public string Of(LocalText text) => chinese ? text.Zh : text.En;
}
