using System.Globalization;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Writes;

namespace Sensor.Ingest.Projection;

/// <summary>
/// The points in the server that say which generation dashboards are to read: measurement <c>waterwatch_current</c>, tag <c>generation</c>.
/// Their marker shows that the server still holds what was written.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class GenerationPointer(IInfluxServer server, TimeProvider time)
{
    private const string Measurement = "waterwatch_current";

    /// <summary>The generations that the server names, with their markers.</summary>
    public async Task<IReadOnlyDictionary<long, string>> ReadAsync(CancellationToken stop)
    {
        var series = await server.QueryAsync($"SELECT last(\"marker\") FROM \"{Measurement}\" GROUP BY \"generation\"", stop);
        return series.Where(s => long.TryParse(s.Tags.GetValueOrDefault("generation"), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToDictionary(s => long.Parse(s.Tags["generation"], CultureInfo.InvariantCulture), s => s.Rows[0][1].ToString());
    }

    /// <summary>Points to a generation. One point for each day: a retention of the server's must not remove it while the service runs.</summary>
    public Task WriteAsync(Generation generation, CancellationToken stop)
    {
        var point = PointData.Measurement(Measurement).Tag("generation", Tag(generation.Number)).Field("number", generation.Number).Field("marker", generation.Marker)
            .Timestamp(new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).ToUnixTimeMilliseconds(), WritePrecision.Ms);
        return server.WriteAsync([point.ToLineProtocol()], stop);
    }

    /// <summary>Drops a generation, its pointer last: what is not dropped whole is still named.</summary>
    public async Task DropAsync(long number, CancellationToken stop)
    {
        var dropped = new Generation(number, "", -1, -1);
        await server.DeleteAsync(dropped.Observations, [], null, stop);
        await server.DeleteAsync(dropped.Superseded, [], null, stop);
        await server.DeleteAsync(Measurement, [("generation", Tag(number))], null, stop);
    }

    private static string Tag(long number) => number.ToString(CultureInfo.InvariantCulture);
}
