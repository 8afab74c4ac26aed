using System.Text.Json;
using Sensor.Ingest.Windows;
using Spectre.Console;

namespace WaterWatch.Demo;

/// <summary>The signed outcomes as a table for a terminal.</summary>
internal static class OutcomeTable
{
    /// <summary>Prints the table.</summary>
    public static void Print(IReadOnlyList<IssuedOutcome> outcomes, IReadOnlyDictionary<string, string> names)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Signed outcomes (illustrative: baselines, parties or amounts are invented)");
        foreach (var column in new[] { "section", "agreement", "window", "result", "index or class", "who pays whom", "yuan", "digest" })
        {
            table.AddColumn(column);
        }

        foreach (var outcome in outcomes)
        {
            table.AddRow([.. Row(outcome, names).Select(cell => new Text(cell))]);
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine();
    }

    private static string[] Row(IssuedOutcome outcome, IReadOnlyDictionary<string, string> names)
    {
        using var document = JsonDocument.Parse(outcome.Document);
        var json = document.RootElement;
        var result = json.GetProperty("result").GetString()!;
        var amount = json.GetProperty("amount");
        return
        [
            names.GetValueOrDefault(outcome.Section, outcome.Section),
            outcome.Agreement,
            outcome.Window,
            result == "indeterminate" ? $"{result}: {FirstReason(json)}" : result,
            Measure(json),
            amount.ValueKind == JsonValueKind.Null ? "nobody" : $"{json.GetProperty("payer").GetString()} → {json.GetProperty("payee").GetString()}",
            amount.ValueKind == JsonValueKind.Null ? "" : amount.GetProperty("value").GetString()!,
            outcome.Digest.ToString()[..12],
        ];
    }

    private static string FirstReason(JsonElement outcome) =>
        outcome.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("en").GetString()).FirstOrDefault() ?? "";

    private static string Measure(JsonElement outcome)
    {
        var rule = outcome.GetProperty("trace").GetProperty("rule");
        return rule.TryGetProperty("roundedIndex", out var index) && index.ValueKind == JsonValueKind.String ? "P " + index.GetString()
            : rule.TryGetProperty("class", out var waterClass) && waterClass.ValueKind == JsonValueKind.String ? "class " + waterClass.GetString()
            : "";
    }
}
