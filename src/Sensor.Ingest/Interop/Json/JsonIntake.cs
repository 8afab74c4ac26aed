using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Interop.Json;

/// <summary>Decides what becomes of a message: its readings are durable before it is acknowledged, and what does not fit is a dead letter with its reason.</summary>
/// <remarks>Thread-safe. Messages of one station are taken in the order of their arrival, so that the later statement is the one that came later.</remarks>
internal sealed class JsonIntake(JsonImportConfiguration import, Attestor attestor, Func<IReadOnlyList<Arrival>, Task> write, InteropMeters meters) : IMessageTaker
{
    private const int LongestSource = 256;
    private readonly Dictionary<string, Task> _turns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Digest> _settings = (from message in import.Messages from station in message.Stations.Values select (message, station))
        .ToDictionary(s => s.station, s => Digest.Of(Encoding.UTF8.GetBytes(s.message.Canonical(s.station))), StringComparer.Ordinal);

    /// <summary>Ends when everything that was handed over has its place, or failed.</summary>
    public Task DrainAsync()
    {
        lock (_turns)
        {
            return Task.WhenAll(_turns.Values).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    public Task ReceiveAsync(string topic, ReadOnlyMemory<byte> message, CancellationToken stop)
    {
        if (message.Length > import.Limits.MessageBytes)
        {
            return RefuseInTurn(topic, message, new JsonRefusal("size", $"{message.Length} bytes; limits.messageBytes of the import is {import.Limits.MessageBytes}"));
        }

        if (import.Messages.Select(m => (Configured: m, Name: m.Topic.NameIn(topic))).FirstOrDefault(m => m.Name is not null) is not { Name: { } name } fitting)
        {
            return RefuseInTurn(topic, message, new JsonRefusal("topic", "no messages of this topic are configured"));
        }

        return fitting.Configured.Stations.TryGetValue(name, out var station)
            ? InTurn(station, () => TakeAsync(fitting.Configured, station, topic, message, stop))
            : RefuseInTurn(topic, message, new JsonRefusal("topic", $"'{name}' is none of the configured stations"));
    }

    private Task RefuseInTurn(string topic, ReadOnlyMemory<byte> message, JsonRefusal refusal) => InTurn("", () => RefuseAsync(topic, message, refusal));

    private Task InTurn(string station, Func<Task> take)
    {
        lock (_turns)
        {
            return _turns[station] = AfterAsync(_turns.GetValueOrDefault(station, Task.CompletedTask), take);
        }
    }

    private static async Task AfterAsync(Task before, Func<Task> take)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await take();
    }

    private async Task TakeAsync(JsonMessageConfiguration configured, string station, string topic, ReadOnlyMemory<byte> message, CancellationToken stop)
    {
        var raw = new RawMessage(message, SourceOf(topic));
        if (JsonMessage.Read(message, configured, import.Limits.Readings, raw.Name, out var refusal) is not { } bodies)
        {
            await RefuseAsync(topic, message, refusal!);
            return;
        }

        var taken = await attestor.AttestAsync(station, raw, _settings[station], bodies, stop);
        meters.Count("mqtt-json", taken);
        if (taken.Refusal is { } hindrance)
        {
            await RefuseAsync(topic, message, new JsonRefusal("not-enrolled", hindrance));
        }
    }

    private Task RefuseAsync(string topic, ReadOnlyMemory<byte> message, JsonRefusal refusal) =>
        write([new RefusedArrival(SourceOf(topic), $"mqtt-json-{refusal.Kind}", refusal.Detail, message)]);

    private static string SourceOf(string topic) => $"mqtt-json {WireText.Fit(topic, LongestSource)}";
}
