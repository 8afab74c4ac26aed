using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Sampling;

/// <summary>An event that a person at the station asks it to sign, as a file between the command and the running station.</summary>
internal static class EventRequest
{
    private static readonly string[] Types = ["calibration", "check", "maintenance-begin", "maintenance-end"];
    private static readonly EventType[] Events = [EventType.Calibration, EventType.Check, EventType.MaintenanceBegin, EventType.MaintenanceEnd];

    /// <summary>The form of a request.</summary>
    public static byte[] Write(StationEvent wanted)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", Types[Array.IndexOf(Events, wanted.Type)]);
            Text(json, "instrument", wanted.Instrument);
            Text(json, "parameter", wanted.Parameter);
            Text(json, "actor", wanted.Actor);
            Text(json, "kind", wanted.Kind);
            Text(json, "note", wanted.Note);
            if (wanted.Passed is { } passed)
            {
                json.WriteBoolean("passed", passed);
            }

            json.WriteStartArray("points");
            foreach (var point in wanted.Points)
            {
                json.WriteStartObject();
                json.WriteString("standard", point.Standard.ToString());
                Text(json, "before", point.Before?.ToString());
                Text(json, "after", point.After?.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="DocumentException">It has mistakes; all of them are in the exception.</exception>
    public static StationEvent Read(string name, ReadOnlyMemory<byte> utf8, IReadOnlyCollection<string> instruments) => StrictDocument.Read(name, utf8, json =>
    {
        bool Fits(string text) => WireText.IsAllowed(text, WireLimits.Note);
        bool IsShort(string text) => WireText.IsAllowed(text, 64);
        return new StationEvent
        {
            Type = Events[Array.IndexOf(Types, json.Word("type", Types))],
            Instrument = json.OptionalText("instrument", instruments.Contains, "one of the station's instruments: " + string.Join(", ", instruments)),
            Parameter = json.OptionalText("parameter", Parameter.IsWellFormed, "a factor code such as w01019"),
            Actor = json.Text("actor", IsShort, "who acts, at most 64 bytes"),
            Kind = json.OptionalText("kind", text => WireText.IsAllowed(text, 32), "at most 32 bytes"),
            Note = json.OptionalText("note", Fits, $"at most {WireLimits.Note} bytes"),
            Passed = json.Has("passed") ? json.Truth("passed", false) : null,
            Points = [.. json.Children("points").Select(Point)],
        };
    });

    private static CalibrationPoint Point(StrictObject json)
    {
        const string Number = "a plain decimal number";
        bool Fits(string text) => MeasuredValue.TryParse(text, out _);
        MeasuredValue? Value(string? text) => MeasuredValue.TryParse(text, out var value) ? value : null;
        var point = new CalibrationPoint(
            Value(json.Text("standard", Fits, Number)) ?? default, Value(json.OptionalText("before", Fits, Number)), Value(json.OptionalText("after", Fits, Number)));
        json.End();
        return point;
    }

    private static void Text(Utf8JsonWriter json, string member, string? text)
    {
        if (text is not null)
        {
            json.WriteString(member, text);
        }
    }
}
