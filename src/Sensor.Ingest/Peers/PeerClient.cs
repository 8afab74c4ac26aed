using System.Globalization;
using System.Text;
using System.Text.Json;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Peers;

/// <summary>Asks the API of another operator. Whatever comes back is checked by whoever asked: only signatures count.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PeerClient : IDisposable
{
    private const int Largest = 64 << 20;
    private readonly HttpClient _http;

    public PeerClient(PeerConfiguration peer) => _http = new HttpClient
    {
        BaseAddress = new Uri(peer.Url.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = Largest,
    };

    /// <summary>The deployment and the key that it says it has.</summary>
    public async Task<(string Deployment, string KeyId)> OperatorAsync(CancellationToken stop) =>
        await JsonAsync("api/v1/operator", json => (json.GetProperty("deployment").GetString() ?? "", json.GetProperty("keyId").GetString() ?? ""), stop);

    /// <summary>The runs of which something stands in its log from a place on, and the size of the log.</summary>
    public async Task<PeerRuns> RunsAsync(long from, CancellationToken stop) =>
        await JsonAsync(string.Create(CultureInfo.InvariantCulture, $"api/v1/evidence/runs?from={from}"), PeerRuns.Read, stop);

    /// <summary>The envelopes of a range of a run, as many as it gives at once.</summary>
    public Task<byte[]> RecordsAsync(string station, LifeId run, SequenceRange range, CancellationToken stop) => BytesAsync(
        string.Create(CultureInfo.InvariantCulture, $"api/v1/evidence/records?station={Uri.EscapeDataString(station)}&run={run}&first={range.First}&last={range.Last}"), stop);

    /// <summary>Every signed outcome, newest first.</summary>
    public async Task<IReadOnlyList<PeerOutcome>> OutcomesAsync(CancellationToken stop) =>
        await JsonAsync("api/v1/outcomes", json => json.EnumerateArray().Select(PeerOutcome.Read).ToList(), stop);

    /// <summary>The windows of which a signed outcome stands there.</summary>
    public async Task<IReadOnlyList<PeerWindow>> WindowsAsync(CancellationToken stop) =>
        await JsonAsync("api/v1/windows", json => json.EnumerateArray().Where(w => w.GetProperty("isSigned").GetBoolean()).Select(PeerWindow.Read).ToList(), stop);

    /// <summary>The bytes of an outcome.</summary>
    public Task<byte[]> DocumentAsync(Digest digest, CancellationToken stop) => BytesAsync($"api/v1/outcomes/{digest}", stop);

    /// <summary>The signature of an outcome.</summary>
    public async Task<string> SignatureAsync(Digest digest, CancellationToken stop) => Encoding.UTF8.GetString(await BytesAsync($"api/v1/outcomes/{digest}.jws", stop));

    /// <summary>The evidence bundle of an outcome.</summary>
    public Task<byte[]> BundleAsync(Digest digest, CancellationToken stop) => BytesAsync($"api/v1/outcomes/{digest}.bundle", stop);

    public void Dispose() => _http.Dispose();

    private async Task<T> JsonAsync<T>(string address, Func<JsonElement, T> read, CancellationToken stop)
    {
        var bytes = await BytesAsync(address, stop);
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new PeerException($"{_http.BaseAddress}{address} answers otherwise than an operator does: {e.Message}", e);
        }
    }

    private async Task<byte[]> BytesAsync(string address, CancellationToken stop)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(address, UriKind.Relative), stop);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsByteArrayAsync(stop)
                : throw new PeerException($"{_http.BaseAddress}{address} answers with the status {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new PeerException($"{_http.BaseAddress} did not answer within {_http.Timeout.TotalSeconds} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new PeerException($"{_http.BaseAddress} cannot be reached: {e.Message.TrimEnd('.')}", e);
        }
    }
}
