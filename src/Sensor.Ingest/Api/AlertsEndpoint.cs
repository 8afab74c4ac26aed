using System.Globalization;
using System.Text.Json;
using Sensor.Ingest.Alerts;

namespace Sensor.Ingest.Api;

/// <summary>What this operator's own tests found strange.</summary>
internal static class AlertsEndpoint
{
    private const int Most = 1000;

    public static IResult Answer(HttpRequest request, IngestPipeline pipeline, JsonSerializerOptions json)
    {
        var text = request.Query["limit"].ToString();
        var limit = 100;
        return text.Length > 0 && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Most)
            ? Endpoints.Bad($"limit is '{text}'", $"Give a whole number from 1 to {Most}")
            : Results.Json(new { configured = pipeline.Alerts is not null, alerts = (pipeline.Alerts?.Last(limit) ?? []).Select(Of) }, json);
    }

    private static object Of(Alert alert) => new
    {
        rule = alert.Rule,
        section = alert.Section,
        station = alert.Station,
        parameter = alert.Parameter,
        instrument = alert.Instrument,
        time = alert.Time.ToString(),
        flag = alert.Flag,
        en = alert.En,
        zh = alert.Zh,
        late = alert.Late,
        raisedAt = alert.RaisedAt.ToString(),
    };
}
