using System.Text.Json.Nodes;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>Shows an envelope as the JSON that stands beside each frozen sample and that verify.py prints too.</summary>
internal static class SampleJson
{
    public static JsonObject Of(Envelope envelope)
    {
        var json = new JsonObject
        {
            ["contentType"] = envelope.ContentType,
            ["keyId"] = envelope.KeyId.ToString(),
            ["digest"] = envelope.Digest.ToString(),
        };
        var (name, content) = envelope.ContentType switch
        {
            ContentTypes.Record when RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) => ("record", OfRecord(decoded)),
            ContentTypes.Receipt when ReceiptCodec.TryDecode(envelope.Payload, out var receipt, out _) => ("receipt", OfReceipt(receipt)),
            ContentTypes.Command when CommandCodec.TryDecode(envelope.Payload, out var command, out _) => ("command", OfCommand(command)),
            _ => throw new InvalidDataException($"no content can be read from a {envelope.ContentType}"),
        };
        json[name] = content;
        return json;
    }

    private static JsonObject OfRecord(DecodedRecord decoded)
    {
        var header = decoded.Header;
        var json = new JsonObject
        {
            ["version"] = header.Version,
            ["deployment"] = header.Deployment,
            ["station"] = header.Station,
            ["run"] = header.Run.ToString(),
            ["sequence"] = header.Sequence,
        };
        json.Put("previous", header.Previous?.ToString());
        json.Put("previousRun", header.PreviousRun is { } run
            ? new JsonObject { ["run"] = run.Run.ToString(), ["sequence"] = run.Sequence, ["digest"] = run.Digest.ToString() }
            : null);
        if (decoded.Record is not { } record)
        {
            json["unmapped"] = true;
            return json;
        }

        json["wall"] = record.Wall.ToString();
        json["bootMilliseconds"] = record.BootMilliseconds;
        json["boot"] = record.Boot.ToString();
        json["clock"] = new JsonObject { ["status"] = (int)record.Clock.Status }
            .Put("errorMilliseconds", record.Clock.ErrorMilliseconds)
            .Put("source", record.Clock.Source);
        json["configuration"] = record.Configuration.ToString();
        json["receipts"] = Array(record.Receipts, seen => new JsonObject { ["operator"] = seen.Operator, ["receipt"] = seen.Receipt.ToString() });
        return record.Body switch
        {
            ReadingsBody readings => json.Put("readings", OfReadings(readings)),
            EventBody happened => json.Put("event", OfEvent(happened.Event)),
            LossBody loss => json.Put("loss", OfLoss(loss)),
            _ => throw new InvalidDataException("another body"),
        };
    }

    private static JsonObject OfReadings(ReadingsBody body) => new()
    {
        ["instant"] = body.Instant.ToString(),
        ["readings"] = Array(body.Readings, reading => new JsonObject { ["parameter"] = reading.Parameter }
            .Put("value", reading.Value?.ToString())
            .Put("missing", (int?)reading.Missing)
            .Put("unit", reading.Unit)
            .Put("flag", reading.Flag)
            .Put("instrument", reading.Instrument)
            .Put("sampledFrom", reading.SampledFrom.ToString())
            .Put("sampledTo", reading.SampledTo.ToString())
            .Put("datedBy", (int)reading.DatedBy)
            .Put("detectionLimit", reading.DetectionLimit?.ToString())
            .Put("raw", reading.Raw)),
    };

    private static JsonObject OfEvent(StationEvent happened) => new JsonObject { ["type"] = (int)happened.Type }
        .Put("instrument", happened.Instrument)
        .Put("parameter", happened.Parameter)
        .Put("actor", happened.Actor)
        .Put("note", happened.Note)
        .Put("kind", happened.Kind)
        .Put("passed", happened.Passed)
        .Put("points", happened.Points.Count == 0 ? null : Array(happened.Points, point => new JsonObject { ["standard"] = point.Standard.ToString() }
            .Put("before", point.Before?.ToString())
            .Put("after", point.After?.ToString())))
        .Put("after", happened.After)
        .Put("before", happened.Before)
        .Put("level", happened.Level?.ToString())
        .Put("wallBefore", happened.WallBefore?.ToString())
        .Put("wallAfter", happened.WallAfter?.ToString())
        .Put("command", happened.Command is { } command ? Convert.ToHexStringLower(command.Span) : null);

    private static JsonObject OfLoss(LossBody loss) => new JsonObject
    {
        ["run"] = loss.Run.ToString(),
        ["first"] = loss.First,
        ["last"] = loss.Last,
    }
        .Put("firstDigest", loss.FirstDigest?.ToString())
        .Put("lastDigest", loss.LastDigest?.ToString())
        .Put("count", loss.Count)
        .Put("reason", (int)loss.Reason);

    private static JsonObject OfReceipt(Receipt receipt) => new JsonObject
    {
        ["version"] = 1,
        ["deployment"] = receipt.Deployment,
        ["station"] = receipt.Station,
        ["operator"] = receipt.Operator,
        ["run"] = receipt.Run.ToString(),
        ["through"] = receipt.Through,
        ["beyond"] = Array(receipt.Beyond, range => new JsonArray(range.First, range.Last)),
    }
        .Put("throughDigest", receipt.ThroughDigest?.ToString())
        .Put("time", receipt.Time.ToString())
        .Put("logSize", receipt.LogSize)
        .Put("logRoot", receipt.LogRoot.ToString());

    private static JsonObject OfCommand(Command command) => new()
    {
        ["version"] = 1,
        ["deployment"] = command.Deployment,
        ["station"] = command.Station,
        ["operator"] = command.Operator,
        ["sequence"] = command.Sequence,
        ["issued"] = command.Issued.ToString(),
        ["name"] = command.Name,
        ["arguments"] = Array(command.Arguments, argument => new JsonArray(argument.Name, argument.Value)),
    };

    private static JsonArray Array<T>(IEnumerable<T> elements, Func<T, JsonNode> show) => [.. elements.Select(show)];

    private static JsonObject Put(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }

        return json;
    }
}
