using System.Globalization;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Query;

/// <summary><c>query</c>: how long the API takes for a year of one section out of many.</summary>
internal static class QueryCommand
{
    private const int UsualSections = 1_000;
    private const int Warming = 32;

    public static Command Create()
    {
        var sections = Number.Option("--sections", $"The sections that the ingest holds; fewer than {UsualSections} are reported as fewer.", UsualSections, 1, UsualSections);
        var clients = Number.Option("--clients", "The clients that ask at once.", 16, 1, 1_000);
        var answers = Number.Option("--answers", "The answers that are timed.", 500, 1, 1_000_000);
        var seed = Number.Option("--seed", "The seed of the order of sections.", 1, 0, int.MaxValue);
        var command = new Command("query", "p50 and p99 of a year of four-hourly data of one section, nine parameters, through the API. Needs mosquitto.") { sections, clients, answers, seed };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(sections), parsed.GetValue(clients), parsed.GetValue(answers), parsed.GetValue(seed)));
        return command;
    }

    private static async Task<int> RunAsync(int sections, int clients, int answers, int seed)
    {
        Console.Error.WriteLine(Say($"filling {sections} sections with {FilledIngest.Moments} records each"));
        using var filled = await FilledIngest.FillAsync(sections);
        using var asking = new Clients(filled, seed);
        var readings = await asking.ReadingsOfOneAsync();
        await asking.AskAsync("warming", "json", clients, Warming);
        var rows = RowsAlone.Read(filled, seed, int.Min(answers, 100));
        var json = await asking.AskAsync(Say($"JSON, {clients} clients"), "json", clients, answers);
        var csv = await asking.AskAsync(Say($"CSV, {clients} clients"), "csv", clients, answers);
        var alone = await asking.AskAsync("JSON, one client", "json", 1, int.Min(answers, 100));
        Write(Console.Out, sections, readings, rows, [json, csv, alone]);
        Console.Out.WriteLine(new Aim(Say($"p99 of JSON with {clients} clients"), json.Percentile(99), 50, AtMost: true, "ms"));
        Console.Out.WriteLine(new Aim(Say($"p99 of CSV with {clients} clients"), csv.Percentile(99), 50, AtMost: true, "ms"));
        Console.Out.WriteLine(Say($"  peak resident memory of the ingest {filled.Server.PeakMemory / 1e6:0} MB, {filled.Server.DiskBytes / 1e6:#,0} MB on disk"));
        return 0;
    }

    private static void Write(TextWriter output, int sections, int readings, AnswerTimes rows, IEnumerable<AnswerTimes> asked)
    {
        output.WriteLine(Say($"A year of one section of {sections}: {FilledIngest.Moments} records, {readings} readings in one answer, {Environment.ProcessorCount} processors for clients and ingest together"));
        if (sections < UsualSections)
        {
            output.WriteLine(Say($"FEWER SECTIONS THAN THE AIM NAMES: {sections} of {UsualSections}"));
        }

        output.WriteLine(Say($"{"",-42}{"answers",8}{"bytes",12}{"p50 ms",10}{"p99 ms",10}   p50 over that of the rows alone"));
        foreach (var times in asked.Prepend(rows))
        {
            output.WriteLine(Say($"  {times.Name,-40}{times.Milliseconds.Count,8}{times.Bytes,12:#,0}{times.Percentile(50),10:0.0}{times.Percentile(99),10:0.0}   {times.Percentile(50) / rows.Percentile(50):0.0}"));
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
