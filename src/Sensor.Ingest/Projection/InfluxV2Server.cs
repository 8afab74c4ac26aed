using System.Net.Http.Headers;
using InfluxDB.Client;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Core.Exceptions;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Projection;

/// <summary>InfluxDB 2, and 1.8: InfluxDB.Client writes and deletes; questions are asked in InfluxQL, which needs a mapping of the bucket's name as a database.</summary>
internal sealed class InfluxV2Server : IInfluxServer
{
    // What the server can hold lies between these two.
    private static readonly DateTime First = new(1700, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Last = new(2250, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly InfluxV2Configuration _configuration;
    private readonly InfluxDBClient _client;
    private readonly InfluxHttp _http;

    public InfluxV2Server(InfluxV2Configuration configuration, TimeSpan patience)
    {
        _configuration = configuration;
        var token = InfluxHttp.Secret(configuration.TokenFile);
        _client = new InfluxDBClient(new InfluxDBClientOptions(configuration.Url.AbsoluteUri) { Token = token, Bucket = configuration.Bucket, Org = configuration.Organisation, Timeout = patience });
        _http = new InfluxHttp(configuration.Url, new AuthenticationHeaderValue("Token", token), patience);
    }

    public Task PrepareAsync(CancellationToken stop) => Task.CompletedTask;

    public Task WriteAsync(IReadOnlyList<string> lines, CancellationToken stop) => AskAsync(
        () => _client.GetWriteApiAsync().WriteRecordsAsync(lines, WritePrecision.Ms, _configuration.Bucket, _configuration.Organisation, stop), stop);

    public Task DeleteAsync(string measurement, IReadOnlyList<(string Name, string Value)> tags, Instant? at, CancellationToken stop)
    {
        var moment = at?.ToDateTimeOffset().UtcDateTime;
        var predicate = string.Join(" AND ", tags.Prepend(("_measurement", measurement)).Select(t => $"{t.Item1}={InfluxQl.Name(t.Item2)}"));
        return AskAsync(() => _client.GetDeleteApi().Delete(moment ?? First, moment?.AddTicks(1) ?? Last, predicate, _configuration.Bucket, _configuration.Organisation, stop), stop);
    }

    public Task<IReadOnlyList<InfluxSeries>> QueryAsync(string question, CancellationToken stop) => _http.QueryAsync(_configuration.Bucket, question, stop);

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    // The client tells everything that goes wrong by exceptions of many kinds.
    private static async Task AskAsync(Func<Task> ask, CancellationToken stop)
    {
        try
        {
            await ask();
        }
        catch (HttpException e) when (e.Status is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status422UnprocessableEntity)
        {
            throw new PointsRefusedException(e.Message);
        }
        catch (HttpException e)
        {
            throw new InfluxUnavailableException($"status {e.Status}: {e.Message}", e);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            throw new InfluxUnavailableException(e.Message, e);
        }
    }
}
