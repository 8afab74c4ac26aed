using System.Globalization;
using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Archives;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Api;

/// <summary>The signed records themselves, for another operator or an auditor.</summary>
internal static class RecordsEndpoint
{
    private const int Most = 500;

    /// <summary>The runs of which something stands in the log from a place on.</summary>
    public static IResult Runs(IngestPipeline pipeline, long? from, JsonSerializerOptions json)
    {
        if (from is < 0)
        {
            return Endpoints.Bad($"from={from} is no place in a log", "Give 0 or the size that an earlier answer named");
        }

        // The size first: what comes meanwhile is told twice rather than never.
        var size = pipeline.Checkpoint.Size;
        var runs = pipeline.Evidence.Query(
            "SELECT r.station, r.run, r.covered FROM run r WHERE EXISTS (SELECT 1 FROM evidence e WHERE e.station = r.station AND e.run = r.run AND e.idx >= $1) ORDER BY r.station, r.first_idx, r.run",
            row => new { station = row.GetString(0), run = row.Life(1).ToString(), covered = row.GetString(2) }, from ?? 0);
        return Results.Json(new { size, runs }, json);
    }

    /// <summary>The envelopes of a range of a run, a CBOR sequence in ascending order; both where a station signed two of one number.</summary>
    public static IResult Records(IngestPipeline pipeline, HttpRequest request)
    {
        var (station, first, last) = (request.Query["station"].ToString(), Number(request, "first"), Number(request, "last"));
        if (!Names.IsStation(station) || !LifeId.IsWritten(request.Query["run"].ToString()) || first is not { } from || last is not { } to || from < 1 || to < from)
        {
            return Endpoints.Bad("station, run, first and last do not name a range of a run", "Ask like ?station=ST-1&run=32 hexadecimal digits&first=1&last=100, as /api/v1/evidence/runs names them");
        }

        var envelopes = pipeline.Evidence.Query(
            "SELECT sequence, envelope, idx FROM evidence WHERE station = $1 AND run = $2 AND sequence >= $3 AND sequence <= $4 ORDER BY sequence, idx LIMIT $5",
            row => (Sequence: row.GetInt64(0), Held: row.Bytes(1), Index: row.GetInt64(2)), station, LifeId.Parse(request.Query["run"].ToString()).ToArray(), from, to, Most + 1);

        // A number with two records is not torn in two.
        var whole = envelopes.Count > Most ? envelopes.Where(e => e.Sequence < envelopes[^1].Sequence || envelopes[0].Sequence == envelopes[^1].Sequence).ToList() : envelopes;
        return Results.Bytes(EnvelopeSequence.Join([.. whole.Select(e => (ReadOnlyMemory<byte>)pipeline.Evidence.EnvelopeAt(e.Index, e.Held))]), "application/cbor-seq");
    }

    private static long? Number(HttpRequest request, string name) =>
        long.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
