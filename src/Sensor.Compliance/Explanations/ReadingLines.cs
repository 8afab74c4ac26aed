using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes.Differences;

namespace Sensor.Compliance.Explanations;

/// <summary>The readings that were used, those that were not and why, and those that the station revised.</summary>
internal static class ReadingLines
{
    public static IEnumerable<LocalText> Of(ItemReader trace)
    {
        var (used, excluded) = (trace.Child("readings"), trace.Child("excluded"));
        yield return new($"readings used, at {used.Whole("count")} moments:", $"采用的数据，共{used.Whole("count")}个时刻：");
        foreach (var reading in used.Children("records"))
        {
            yield return Same($"  {Place(reading)}: {Values(reading, "values")}{(reading.OptionalChild("belowDetection") is null ? "" : $" (below detection, limit: {Values(reading, "belowDetection")})")}");
        }

        yield return new($"readings excluded, at {excluded.Whole("count")} moments:", $"不采用的数据，共{excluded.Whole("count")}个时刻：");
        foreach (var reason in excluded.Children("byReason"))
        {
            yield return new($"  {reason.Whole("records")} because of {reason.Text("en")}", $"  {reason.Whole("records")}个：{reason.Text("zh")}");
        }

        foreach (var reading in excluded.Children("records"))
        {
            yield return Same($"  {Place(reading)}: {Values(reading, "parameters")} ({reading.Text("reason")}, {reading.Text("flag")}{(reading.OptionalText("determination") is { } id ? $", {id}" : "")})");
        }

        foreach (var reading in trace.Children("revisions"))
        {
            var now = reading.Child("now");
            yield return new(
                $"  revised by the station: {Place(reading)}, {reading.Text("parameter")}, now {now.OptionalText("value") ?? "-"} {now.Text("flag")}",
                $"  站点修订：{Place(reading)}，{reading.Text("parameter")}，现为{now.OptionalText("value") ?? "-"} {now.Text("flag")}");
        }
    }

    private static LocalText Same(string text) => new(text, text);

    private static string Place(ItemReader reading) => $"{reading.Text("time")} {reading.OptionalText("series")}";

    private static string Values(ItemReader reading, string member) => string.Join(", ", reading.Child(member).Json.Select(v => $"{v.Key} {ItemLines.Plain(v.Value)}"));
}
