using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads how messages of one topic become readings.</summary>
internal static class JsonMessageReader
{
    private const string PointerExpected = "a JSON Pointer (RFC 6901) such as /values/0/name";
    private const string StationExpected = "a station id of 1 to 32 capital letters, digits and -";

    private static readonly Dictionary<string, JsonTimeForm> Forms = new(StringComparer.Ordinal)
    {
        ["iso8601"] = JsonTimeForm.Iso8601, ["unix-seconds"] = JsonTimeForm.UnixSeconds, ["unix-milliseconds"] = JsonTimeForm.UnixMilliseconds, ["local"] = JsonTimeForm.Local,
    };

    private static readonly JsonPointer Whole = JsonPointer.TryParse("", out var whole) ? whole : throw new InvalidOperationException();

    /// <summary>Stands where the topic was wrong, which is a problem already.</summary>
    public static TopicTemplate NoTopic { get; } = TopicTemplate.TryParse("/", out var none) ? none : throw new InvalidOperationException();

    public static JsonMessageConfiguration Read(StrictObject json)
    {
        var topic = TopicTemplate.TryParse(json.Text("topic", t => TopicTemplate.TryParse(t, out _), "a topic without wildcards, of which one level may be {station}"), out var read) ? read : NoTopic;
        var moment = json.Word("dataTime", ["instant", "start", "end"]);
        var parameterAt = OptionalPointer(json, "parameterAt");
        var message = new JsonMessageConfiguration
        {
            Topic = topic,
            Stations = Stations(json, topic),
            ItemsAt = OptionalPointer(json, "itemsAt") ?? Whole,
            Time = Time(json),
            DataTimeIsEnd = moment == "end",
            Period = ImportMembers.Period(json, moment),
            ParameterAt = parameterAt,
            Unflagged = json.OptionalText("unflagged", Flag.Known.ContainsKey, "a flag such as N"),
            Flags = ImportMembers.Flags(json.OptionalChild("flags")),
            Parameters = Parameters(json, parameterAt is not null),
        };
        CheckFlags(json, message);
        json.End();
        return message;
    }

    private static Dictionary<string, string> Stations(StrictObject json, TopicTemplate topic)
    {
        if (!topic.HasPlaceholder)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { [""] = json.Text("station", Names.IsStation, StationExpected) };
        }

        var stations = json.Child("stations");
        var read = stations.MemberNames.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => stations.Text(name, Names.IsStation, StationExpected), StringComparer.Ordinal);
        if (read.Count == 0)
        {
            json.Problem("stations", "names no station", "Give for each name that can stand for {station} the station as which it is recorded");
        }

        stations.End();
        return read;
    }

    private static JsonTimePlace Time(StrictObject json)
    {
        var form = json.Word("timeForm", [.. Forms.Keys]);
        var offset = json.OptionalText("utcOffset", text => ImportMembers.ParseOffset(text) is not null, "an offset of the form +08:00");
        if (offset is null == (form == "local"))
        {
            json.Problem("utcOffset", "goes with a timeForm of local, and only with that", "State the offset of the local time, or remove it where the time itself tells it");
        }

        var ofMessage = json.Word("timeOf", ["item", "message"], "item") == "message";
        return new JsonTimePlace(Pointer(json, "timeAt"), ofMessage, Forms.GetValueOrDefault(form), offset is null ? null : ImportMembers.ParseOffset(offset));
    }

    private static List<JsonParameter> Parameters(StrictObject json, bool named)
    {
        var places = named ? (Pointer(json, "valueAt"), OptionalPointer(json, "unitAt"), OptionalPointer(json, "flagAt")) : default;
        List<JsonParameter> parameters = [.. json.Children("parameters", 1).Select(p => Parameter(p, named, places))];
        ImportMembers.Once(json, "parameters", "the name", parameters.Select(p => p.Name));
        ImportMembers.Once(json, "parameters", "the national code", parameters.Select(p => p.National));
        return parameters;
    }

    private static JsonParameter Parameter(StrictObject json, bool named, (JsonPointer Value, JsonPointer? Unit, JsonPointer? Flag) places)
    {
        var name = named ? json.Text("name", expected: "the name that messages give to the parameter") : "";
        var national = json.OptionalText("as", Contracts.Parameter.IsWellFormed, "a national factor code such as w01019") ?? (Contracts.Parameter.IsWellFormed(name) ? name : "");
        if (national.Length == 0 && !json.Has("as"))
        {
            json.Problem("as", "is missing", "Give the national factor code, such as w01019");
        }

        var unit = json.Text("unit", u => WireText.IsAllowed(u, WireLimits.Unit), "the UCUM unit of the values, such as mg/L");
        var limit = json.OptionalText("detectionLimit", t => MeasuredValue.TryParse(t, out _), "a text with a plain decimal number such as \"0.025\"");
        var parameter = new JsonParameter
        {
            Name = name, National = national, Unit = unit, Spellings = [unit, .. json.Texts("spellings")],
            DetectionLimit = MeasuredValue.TryParse(limit, out var value) ? value : null,
            ValueAt = named ? places.Value : Pointer(json, "valueAt"),
            UnitAt = named ? places.Unit : OptionalPointer(json, "unitAt"),
            FlagAt = named ? places.Flag : OptionalPointer(json, "flagAt"),
        };
        json.End();
        return parameter;
    }

    private static void CheckFlags(StrictObject json, JsonMessageConfiguration message)
    {
        if (message.Unflagged is null && message.Parameters.Any(p => p.FlagAt is null))
        {
            json.Problem("unflagged", "is missing, while parameters have no flagAt", "State the flag of values that are sent without one, such as N");
        }

        if (message.Flags.Count == 0 && message.Parameters.Any(p => p.FlagAt is not null))
        {
            json.Problem("flags", "is missing, while parameters have a flagAt", "State what each flag means, such as {\"OK\": \"N\"}");
        }
    }

    private static JsonPointer Pointer(StrictObject json, string member) => JsonPointer.TryParse(json.Text(member, IsPointer, PointerExpected), out var place) ? place : Whole;

    private static JsonPointer? OptionalPointer(StrictObject json, string member) => json.OptionalText(member, IsPointer, PointerExpected) is { } text && JsonPointer.TryParse(text, out var place) ? place : null;

    private static bool IsPointer(string text) => JsonPointer.TryParse(text, out _);
}
