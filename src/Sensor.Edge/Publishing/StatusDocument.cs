using System.Text.Json;
using Sensor.Contracts;
using Sensor.Edge.Health;
using Sensor.Edge.Outbox;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Publishing;

/// <summary>The retained JSON on the status topic, and the last will.</summary>
internal sealed class StatusDocument(string deployment, string station, string software, StationOutbox outbox, StationClock clock, StationHealth health, StorageCondition storage, ReceiptBook receipts)
{
    public const string Online = "online";
    public const string Offline = "offline";

    /// <summary>The document, and a text that changes exactly when more than the time changes.</summary>
    public (byte[] Json, string Fingerprint) Build(string state)
    {
        var clockState = clock.State;
        var now = clock.Now;
        return (Write(state, clockState, now), Convert.ToHexString(Write(state, clockState with { ErrorMilliseconds = null }, null)));
    }

    /// <summary>The last will: what is known beforehand about the moment after.</summary>
    public byte[] Will()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteIdentity(json, Offline);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private byte[] Write(string state, ClockState clockState, Instant? now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteIdentity(json, state);
            json.WriteNumber("lastSequence", outbox.LastSequence);
            json.WriteStartObject("undelivered");
            foreach (var id in outbox.Coverage.Operators)
            {
                json.WriteNumber(id, outbox.Undelivered(id));
            }

            json.WriteEndObject();
            WriteStorage(json, storage.State);
            receipts.Write(json);
            json.WriteStartObject("clock");
            json.WriteString("status", clockState.Status.ToString().ToLowerInvariant());
            if (clockState.ErrorMilliseconds is { } error)
            {
                json.WriteNumber("errorMilliseconds", error);
            }

            json.WriteEndObject();
            if (now is { } moment)
            {
                WriteHealth(json);
                json.WriteString("time", moment.ToString());
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>What changes all the time, and so is no reason to publish again.</summary>
    private void WriteHealth(Utf8JsonWriter json)
    {
        json.WriteStartObject("oldestUndeliveredSeconds");
        foreach (var id in outbox.Coverage.Operators)
        {
            json.WriteNumber(id, (long)(health.OldestUndelivered(id)?.TotalSeconds ?? 0));
        }

        json.WriteEndObject();
        json.WriteStartObject("instruments");
        foreach (var (instrument, count) in health.Samples.Counts)
        {
            json.WriteStartObject(instrument);
            json.WriteNumber("good", count.Good);
            json.WriteNumber("failed", count.Failed);
            json.WriteString("lastGood", count.LastGood?.ToString());
            json.WriteString("problem", count.Problem);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("device");
        WriteWhereKnown(json, "temperatureMilliCelsius", health.Machine.Temperature is { } celsius ? (long)(celsius * 1000) : null);
        WriteWhereKnown(json, "throttledFlags", health.Machine.Throttled);
        WriteWhereKnown(json, "diskFreeBytes", health.Machine.FreeBytes);
        json.WriteNumber("residentBytes", Machine.ResidentBytes);
        json.WriteEndObject();
    }

    private static void WriteWhereKnown(Utf8JsonWriter json, string member, long? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(member, known);
        }
    }

    private static void WriteStorage(Utf8JsonWriter json, StorageState state)
    {
        json.WriteStartObject("storage");
        json.WriteString("status", state.Fault is null ? "ok" : "failing");
        if (state.Fault is not null)
        {
            json.WriteString("reason", state.Fault);
        }

        json.WriteNumber("waiting", state.Waiting);
        json.WriteNumber("dropped", state.Dropped);
        json.WriteEndObject();
    }

    private void WriteIdentity(Utf8JsonWriter json, string state)
    {
        json.WriteString("state", state);
        json.WriteString("deployment", deployment);
        json.WriteString("station", station);
        json.WriteString("run", outbox.Run.ToString());
        json.WriteString("software", software);
    }
}
