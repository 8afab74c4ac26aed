using System.Text.Json;
using Sensor.Ingest.Windows;
using Spectre.Console;

namespace WaterWatch.Demo;

/// <summary>The signed outcomes as tables for a terminal.</summary>
internal static class OutcomeTable
{
    private const int WidthWithoutTerminal = 120;

    /// <summary>Prints one table for each agreement, and below it why windows could not be decided.</summary>
    /// <param name="outcomes">The outcomes, ordered by agreement.</param>
    /// <param name="names">Sections in words.</param>
    public static void Print(IReadOnlyList<IssuedOutcome> outcomes, IReadOnlyDictionary<string, string> names)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        }

        foreach (var agreement in outcomes.GroupBy(o => o.Agreement, StringComparer.Ordinal))
        {
            var rows = agreement.Select(o => Row.Of(o, names.GetValueOrDefault(o.Section, o.Section))).ToArray();
            var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(rows[0].Agreement)).AddColumns("section", "window", "result", "measured", "who pays whom", "yuan", "outcome digest");
            foreach (var row in rows)
            {
                table.AddRow([.. new[] { row.Section, row.Window, row.Result, row.Measured, row.Payment, row.Amount, row.Digest }.Select(cell => new Text(cell))]);
            }

            AnsiConsole.Write(table);
            foreach (var row in rows.Where(r => r.Result is "indeterminate" or "exempt"))
            {
                AnsiConsole.WriteLine($"{row.Section}, {row.Window}: {row.Reasons}");
            }

            AnsiConsole.WriteLine();
        }
    }

    /// <summary>What of an outcome a person wants to see first.</summary>
    private sealed record Row(string Agreement, string Section, string Window, string Result, string Measured, string Payment, string Amount, string Digest, string Reasons)
    {
        public static Row Of(IssuedOutcome outcome, string section)
        {
            using var document = JsonDocument.Parse(outcome.Document);
            var json = document.RootElement;
            var amount = json.GetProperty("amount");
            var paid = amount.ValueKind == JsonValueKind.Object;
            var illustrative = json.GetProperty("illustrative").GetBoolean() ? " (illustrative)" : "";
            return new Row(
                json.GetProperty("agreement").GetProperty("title").GetProperty("en").GetString() + illustrative,
                section,
                outcome.Window,
                json.GetProperty("result").GetString()!,
                Measure(json),
                paid ? $"{json.GetProperty("payer").GetString()} → {json.GetProperty("payee").GetString()}" : "nobody",
                paid ? amount.GetProperty("value").GetString()! : "",
                outcome.Digest.ToString()[..16],
                string.Join("; ", json.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("en").GetString())));
        }
    }

    private static string Measure(JsonElement outcome)
    {
        var rule = outcome.GetProperty("trace").GetProperty("rule");
        return rule.ValueKind != JsonValueKind.Object ? ""
            : rule.TryGetProperty("roundedIndex", out var index) && index.ValueKind == JsonValueKind.String ? "P " + index.GetString()
            : rule.TryGetProperty("class", out var waterClass) && waterClass.ValueKind == JsonValueKind.String ? "class " + waterClass.GetString()
            : "";
    }
}
