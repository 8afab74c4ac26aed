using System.Text.Encodings.Web;
using System.Text.Json;
using Sensor.Contracts;
using Sensor.Edge.Buses;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge read</c>: what the instruments say now, one JSON line each; nothing is signed or kept.</summary>
internal static class ReadCommand
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="configuration">The station.</param>
    /// <param name="only">One instrument; null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<int> RunAsync(StationConfiguration configuration, string? only, CancellationToken cancellation)
    {
        if (only is not null && configuration.Instruments.All(i => i.Id != only))
        {
            await Console.Error.WriteLineAsync($"--instrument {only} is none of this station's instruments: {string.Join(", ", configuration.Instruments.Select(i => i.Id))}.").ConfigureAwait(false);
            return ExitCodes.Mistakes;
        }

        var trial = new InstrumentTrial(configuration, new LinuxBuses(TimeProvider.System), TimeProvider.System);
        await using var disposed = trial.ConfigureAwait(false);
        var failed = false;
        foreach (var instrument in configuration.Instruments.Where(i => only is null || i.Id == only))
        {
            var reply = await trial.ReadAsync(instrument, cancellation).ConfigureAwait(false);
            failed |= reply is DriverReply.Failed;
            await Console.Out.WriteLineAsync(Line(instrument.Id, reply)).ConfigureAwait(false);
        }

        return failed ? ExitCodes.Findings : ExitCodes.Done;
    }

    internal static string Line(string instrument, DriverReply reply)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("instrument", instrument);
            Write(json, reply);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, DriverReply reply)
    {
        switch (reply)
        {
            case DriverReply.Sampled sampled:
                json.WriteString("time", sampled.Instant.ToString());
                json.WriteStartArray("readings");
                foreach (var reading in sampled.Readings)
                {
                    Write(json, reading);
                }

                json.WriteEndArray();
                break;
            case DriverReply.Happened happened:
                json.WriteString("event", happened.Event.Type.ToString());
                json.WriteString("kind", happened.Event.Kind);
                json.WriteString("after", happened.Event.After);
                json.WriteString("note", happened.Event.Note);
                break;
            case DriverReply.Failed failed:
                json.WriteString("failed", failed.Kind.ToString());
                json.WriteString("reason", failed.Reason.ToString());
                json.WriteString("detail", failed.Detail);
                break;
            default:
                json.WriteBoolean("nothingNew", true);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, Reading reading)
    {
        json.WriteStartObject();
        json.WriteString("parameter", reading.Parameter);
        json.WriteString("symbol", ParameterCatalogue.Find(reading.Parameter)?.Symbol);
        json.WriteString("value", reading.Value?.ToString());
        json.WriteString("missing", reading.Missing?.ToString());
        json.WriteString("unit", reading.Unit);
        json.WriteString("flag", reading.Flag);
        json.WriteString("raw", reading.Raw);
        json.WriteEndObject();
    }
}
