using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes.Differences;

namespace Sensor.Audit;

/// <summary>Differences in plain sentences, and what all of them come to in money.</summary>
internal static class DifferenceWords
{
    public static void Write(TextWriter output, IReadOnlyList<OutcomePair> pairs, bool chinese)
    {
        foreach (var pair in pairs)
        {
            output.WriteLine($"{pair.Agreement}, {pair.Section}, {pair.Window}{(chinese ? "：" : ":")}");
            foreach (var change in pair.Changes)
            {
                output.WriteLine(chinese ? $"  {change.Zh}。" : $"  {change.En}.");
            }

            if (pair.Same)
            {
                output.WriteLine(chinese ? "  完全相同。" : "  Nothing differs.");
            }
        }

        var differences = pairs.Select(p => p.Difference).OfType<OutcomeDifference>().ToList();
        Total(output, differences.Where(d => !d.Illustrative), chinese, chinese ? "合计影响：" : "Total effect: ", always: true);
        Total(output, differences.Where(d => d.Illustrative), chinese, chinese ? "合计影响（示例，不产生实际支付）：" : "Total effect of illustrative outcomes, which moves no money: ", always: false);
    }

    private static void Total(TextWriter output, IEnumerable<OutcomeDifference> differences, bool chinese, string heading, bool always)
    {
        var totals = differences.SelectMany(d => d.Effects)
            .GroupBy(e => (e.Currency, e.Party))
            .Select(g => (g.Key.Currency, g.Key.Party, Value: ExactDecimal.Sum(g.Select(e => e.Value))))
            .Where(t => t.Value.Sign != 0)
            .OrderBy(t => t.Currency, StringComparer.Ordinal).ThenBy(t => t.Party, StringComparer.Ordinal)
            .Select(t => $"{t.Party} {(t.Value.Sign > 0 ? "+" : "")}{t.Value} {t.Currency}")
            .ToList();
        if (always || totals.Count > 0)
        {
            output.WriteLine(heading + (totals.Count == 0 ? (chinese ? "无。" : "none.") : string.Join(chinese ? "，" : ", ", totals) + (chinese ? "。" : ".")));
        }
    }
}
