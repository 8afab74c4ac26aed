using System.Globalization;
using System.Text;
using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Observations;

namespace Sensor.Ingest.Api;

/// <summary>Observations of a section as JSON, or as the CSV that every command of WaterWatch reads.</summary>
internal static class ObservationsEndpoint
{
    private static readonly string[] Known = ["section", "parameter", "from", "to", "cursor", "limit", "format"];

    /// <summary>Answers one page.</summary>
    public static IResult Answer(HttpRequest request, IngestPipeline pipeline, JsonSerializerOptions options)
    {
        if (Read(request.Query, out var query) is { } problem)
        {
            return problem;
        }

        var page = ObservationQuery.Run(pipeline.Evidence, pipeline.Watch.Current, query);
        var csv = request.Query["format"] == "csv" || (request.Query["format"].Count == 0 && request.Headers.Accept.ToString().StartsWith("text/csv", StringComparison.Ordinal));
        if (!csv)
        {
            return Results.Json(new { items = page.Items.Select(i => new { section = query.Section, station = i.Station, record = i.Index, clockSuspect = i.ClockSuspect ? true : (bool?)null, reading = ReadingView.Of(i.Reading) }), next = page.Next }, options);
        }

        request.HttpContext.Response.Headers.Append("Waterwatch-Next-Cursor", page.Next?.ToString(CultureInfo.InvariantCulture) ?? "");
        return Results.Text(Csv(query.Section, page.Items), "text/csv; charset=utf-8", Encoding.UTF8);
    }

    private static IResult? Read(IQueryCollection query, out ObservationQuery wanted)
    {
        wanted = null!;
        if (query.Keys.FirstOrDefault(k => !Known.Contains(k, StringComparer.Ordinal)) is { } unknown)
        {
            return Endpoints.Bad($"'{unknown}' is not a known question", "Known are " + string.Join(", ", Known));
        }

        var section = query["section"].ToString();
        if (!Names.IsSection(section))
        {
            return Endpoints.Bad("section is missing or not a section's name", "Give one of /api/v1/sections, such as ?section=...");
        }

        var parameter = query["parameter"].ToString();
        if (parameter.Length > 0 && !Parameter.IsWellFormed(parameter))
        {
            return Endpoints.Bad($"parameter '{parameter}' is not a national factor code", "Give a code such as w01019, or leave it out for all");
        }

        Instant? from = null, to = null;
        if (!Moment(query["from"].ToString(), ref from) || !Moment(query["to"].ToString(), ref to))
        {
            return Endpoints.Bad("from or to is not an ISO 8601 time with offset", "Give a time such as 2020-05-08T00:00:00%2B08:00 or 2020-05-07T16:00:00Z");
        }

        if (!Whole(query["cursor"].ToString(), 0, long.MaxValue, 0, out var cursor) || !Whole(query["limit"].ToString(), 1, 10_000, 1000, out var limit))
        {
            return Endpoints.Bad("cursor or limit is not a whole number within its bounds", "Give the next of the page before as cursor, and a limit from 1 to 10000 records");
        }

        if (query["format"].ToString() is not ("" or "json" or "csv"))
        {
            return Endpoints.Bad($"format '{query["format"]}' is not known", "Give json or csv");
        }

        wanted = new ObservationQuery(section, parameter.Length > 0 ? parameter : null, from, to, cursor, (int)limit);
        return null;
    }

    private static bool Moment(string text, ref Instant? moment)
    {
        if (text.Length == 0)
        {
            return true;
        }

        var good = Instant.TryParse(text, out var parsed);
        moment = parsed;
        return good;
    }

    private static bool Whole(string text, long least, long most, long fallback, out long number)
    {
        number = fallback;
        return text.Length == 0 || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }

    private static string Csv(string section, IReadOnlyList<ObservedReading> items)
    {
        var text = new StringBuilder("section,time,parameter,value,unit,flag,detectionLimit,source,instrument\n");
        foreach (var (station, _, reading, _) in items)
        {
            text.AppendJoin(',', CsvReader.Quote(section), reading.SampledTo, reading.Parameter, reading.Value, reading.Unit, reading.Flag, reading.DetectionLimit, station, reading.Instrument).Append('\n');
        }

        return text.ToString();
    }
}
