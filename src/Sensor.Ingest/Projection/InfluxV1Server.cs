using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Projection;

/// <summary>InfluxDB 1: <c>/write</c> and <c>/query</c>. InfluxDB.Client writes only to <c>/api/v2/write</c>, which 1.6 and 1.7 do not have.</summary>
internal sealed partial class InfluxV1Server : IInfluxServer
{
    private readonly InfluxV1Configuration _configuration;
    private readonly InfluxHttp _http;

    public InfluxV1Server(InfluxV1Configuration configuration, TimeSpan patience)
    {
        _configuration = configuration;
        var basic = configuration is { User: { } user, PasswordFile: { } file }
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{InfluxHttp.Secret(file)}")))
            : null;
        _http = new InfluxHttp(configuration.Url, basic, patience);
    }

    public async Task PrepareAsync(CancellationToken stop)
    {
        using var form = new FormUrlEncodedContent([new("q", $"CREATE DATABASE {InfluxQl.Name(_configuration.Database)}")]);
        var (status, body) = await _http.PostAsync("query", form, stop);

        // A user that may not make databases is one whose database was made for it.
        if (status is not StatusCodes.Status200OK and not StatusCodes.Status403Forbidden)
        {
            throw InfluxHttp.Unavailable(status, body);
        }
    }

    public async Task WriteAsync(IReadOnlyList<string> lines, CancellationToken stop)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "text/plain");
        var (status, body) = await _http.PostAsync($"write?db={Uri.EscapeDataString(_configuration.Database)}&precision=ms", content, stop);
        if (status is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge)
        {
            throw new PointsRefusedException(body.Trim(), Dropped().Match(body) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : null);
        }

        if (status is < 200 or > 299)
        {
            throw InfluxHttp.Unavailable(status, body);
        }
    }

    public Task DeleteAsync(string measurement, IReadOnlyList<(string Name, string Value)> tags, Instant? at, CancellationToken stop) =>
        QueryAsync(InfluxQl.Delete(measurement, tags, at), stop);

    public Task<IReadOnlyList<InfluxSeries>> QueryAsync(string question, CancellationToken stop) => _http.QueryAsync(_configuration.Database, question, stop);

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("dropped=([0-9]{1,9})")]
    private static partial Regex Dropped();
}
