using System.Text.Json;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Interop.Json;

/// <summary>Reads the items of one message until something does not fit; <see cref="Refusal"/> says what. For one thread.</summary>
internal sealed class JsonItemReader(JsonElement root, JsonMessageConfiguration configured, string raw)
{
    private const string Instrument = "mqtt-json";

    /// <summary>The first thing that does not fit; null while everything does.</summary>
    public JsonRefusal? Refusal { get; private set; }

    /// <summary>The items with their places; null where there are none.</summary>
    public IEnumerable<(JsonElement Item, string Place)>? Items(int most)
    {
        var at = configured.ItemsAt.Text;
        return configured.ItemsAt.Find(root) switch
        {
            { ValueKind: JsonValueKind.Object } one => [(one, at)],
            { ValueKind: JsonValueKind.Array } many when many.GetArrayLength() <= most => many.EnumerateArray().Select((item, i) => (item, $"{at}/{i}")),
            { ValueKind: JsonValueKind.Array } many => Refuse<IEnumerable<(JsonElement, string)>>("size", at, $"{many.GetArrayLength()} items; limits.readings of the import is {most}"),
            var other => Refuse<IEnumerable<(JsonElement, string)>>("items", at, $"{JsonShown.Of(other)} is neither an object nor an array of them; see itemsAt"),
        };
    }

    /// <summary>The readings of an item; nothing after a refusal.</summary>
    public IEnumerable<Reading> Read((JsonElement Item, string Place) at)
    {
        var (item, place) = at;
        if (Refusal is not null || Stated(item, place) is not { Count: > 0 } stated)
        {
            yield break;
        }

        if (Time(item, place) is not { } time)
        {
            yield break;
        }

        foreach (var (parameter, value) in stated)
        {
            if (Read(item, place, parameter, value, time) is { } reading)
            {
                yield return reading;
            }
        }
    }

    /// <summary>The configured parameters of which an item says something, with what stands at the place of the value.</summary>
    private List<(JsonParameter Parameter, JsonElement? Value)> Stated(JsonElement item, string place)
    {
        if (configured.ParameterAt is not { } at)
        {
            return [.. configured.Parameters.Select(p => (p, p.ValueAt.Find(item))).Where(p => p.Item2 is not null)];
        }

        var name = JsonShown.TextOf(at.Find(item)) ?? Refuse<string>("parameter", place + at, $"{JsonShown.Of(at.Find(item))} does not name a parameter");
        return [.. configured.Parameters.Where(p => p.Name == name).Select(p => (p, p.ValueAt.Find(item)))];
    }

    private Instant? Time(JsonElement item, string place)
    {
        var time = configured.Time;
        var told = JsonTime.Read(time.At.Find(time.OfMessage ? root : item), time, out var wrong);
        return told ?? RefuseTime((time.OfMessage ? "" : place) + time.At, wrong!);
    }

    private Reading? Read(JsonElement item, string place, JsonParameter parameter, JsonElement? sent, Instant time)
    {
        var absent = sent is not { ValueKind: not JsonValueKind.Null };
        string? wrong = null;
        var value = absent ? null : JsonDigits.Read(sent!.Value, out wrong);
        if (wrong is not null)
        {
            return Refuse<Reading>("number", place + parameter.ValueAt, wrong);
        }

        var flag = Flag(item, place, parameter);
        if (Refusal is not null || (!absent && !HasUnit(item, place, parameter)))
        {
            return null;
        }

        return Reading(parameter, flag is null ? null : value, absent ? MissingReason.NotReported : flag is null ? MissingReason.BadAnswer : null, flag ?? "F", time, place);
    }

    private Reading Reading(JsonParameter parameter, MeasuredValue? value, MissingReason? missing, string flag, Instant time, string place)
    {
        var period = (long)configured.Period.TotalMilliseconds;
        return new Reading
        {
            Parameter = parameter.National,
            Value = value,
            Missing = missing,
            Unit = parameter.Unit,
            Flag = flag,
            Instrument = Instrument,
            SampledFrom = configured.DataTimeIsEnd ? time.PlusMilliseconds(-period) : time,
            SampledTo = configured.DataTimeIsEnd ? time : time.PlusMilliseconds(period),
            DatedBy = DatedBy.Instrument,
            DetectionLimit = parameter.DetectionLimit,
            Raw = configured.ParameterAt is null || place.Length == 0 ? raw : $"{raw} item {place[(place.LastIndexOf('/') + 1)..]}",
        };
    }

    /// <summary>Our flag; null where the value has none.</summary>
    private string? Flag(JsonElement item, string place, JsonParameter parameter)
    {
        var sent = parameter.FlagAt?.Find(item);
        return sent is not { ValueKind: not JsonValueKind.Null } ? configured.Unflagged
            : JsonShown.TextOf(sent) is { } text && configured.Flags.TryGetValue(text, out var flag) ? flag
            : Refuse<string>("flag", place + parameter.FlagAt, $"{JsonShown.Of(sent)} is none of the configured flags");
    }

    private bool HasUnit(JsonElement item, string place, JsonParameter parameter)
    {
        var fits = parameter.UnitAt is not { } at || (JsonShown.TextOf(at.Find(item)) is { } unit && parameter.Spellings.Contains(unit, StringComparer.Ordinal));
        return fits || Refuse<object>("unit", place + parameter.UnitAt, $"{JsonShown.Of(parameter.UnitAt!.Find(item))} is not {parameter.Unit}, in which {parameter.National} is configured; nothing is converted") is not null;
    }

    private Instant? RefuseTime(string place, string detail)
    {
        Refuse<object>("time", place, detail);
        return null;
    }

    private T? Refuse<T>(string kind, string place, string detail)
        where T : class
    {
        Refusal ??= new JsonRefusal(kind, $"at {(place.Length == 0 ? "the message" : place)}: {detail}");
        return null;
    }
}
