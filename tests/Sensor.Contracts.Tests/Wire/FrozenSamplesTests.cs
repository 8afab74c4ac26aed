using System.Text.Json.Nodes;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>What was signed once must be readable for ever.</summary>
public sealed class FrozenSamplesTests
{
    public static TheoryData<string> V1 => [.. Samples.V1];

    [Theory]
    [MemberData(nameof(V1))]
    public void Sample_OfVersion1_VerifiesAndSaysWhatItsJsonSays(string name)
    {
        Assert.True(EnvelopeSequence.TrySplit(Samples.Bytes(name), out var items, out var refusal), refusal?.Detail);

        var envelopes = items.Select(item => Some.Parsed(item)).ToList();

        Assert.True(AllAuthentic(envelopes));
        var shown = name.EndsWith(".cborseq", StringComparison.Ordinal)
            ? new JsonArray([.. envelopes.Select(SampleJson.Of)])
            : (JsonNode)SampleJson.Of(Assert.Single(envelopes));
        Assert.True(JsonNode.DeepEquals(Samples.Json(name), shown), shown.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(V1))]
    public void Sample_OfVersion1_EncodesAgainToTheSameBytes(string name)
    {
        EnvelopeSequence.TrySplit(Samples.Bytes(name), out var items, out _);

        foreach (var envelope in items.Select(item => Some.Parsed(item)))
        {
            var again = Reencoded(envelope) ?? envelope.Payload.ToArray();
            Assert.Equal(Convert.ToHexString(envelope.Payload.Span), Convert.ToHexString(again));
            var signed = Envelope.Sign(envelope.ContentType, again, envelope.KeyId == Some.StationKey.Public.Id ? Some.StationKey : Some.OperatorKey);
            Assert.Equal(envelope.Digest, signed.Digest);
            Assert.Equal(envelope.Bytes[..^64].ToArray(), signed.Bytes[..^64].ToArray());
        }
    }

    [Fact]
    public void Folder_OfVersion1_ShowsEveryShape()
    {
        var decoded = Samples.V1.SelectMany(name =>
        {
            EnvelopeSequence.TrySplit(Samples.Bytes(name), out var items, out _);
            return items.Select(item => Some.Parsed(item));
        }).Where(e => e.ContentType == ContentTypes.Record).Select(e => RecordCodec.TryDecode(e.Payload, out var record, out _) ? record : null!).ToList();

        var bodies = decoded.Select(d => d.Record?.Body).ToList();
        Assert.Equal(Enum.GetValues<EventType>(), bodies.OfType<EventBody>().Select(b => b.Event.Type).Distinct().Order());
        var readings = bodies.OfType<ReadingsBody>().SelectMany(b => b.Readings).ToList();
        Assert.Equal(Enum.GetValues<MissingReason>(), readings.Where(r => r.Missing.HasValue).Select(r => r.Missing!.Value).Distinct().Order());
        Assert.Equal(Enum.GetValues<DatedBy>(), readings.Select(r => r.DatedBy).Distinct().Order());
        Assert.Equal(Enum.GetValues<ClockStatus>(), decoded.Where(d => d.Record is not null).Select(d => d.Record!.Clock.Status).Distinct().Order());
        Assert.NotEmpty(bodies.OfType<LossBody>());
        Assert.Contains(decoded, d => d.Header.PreviousRun is not null);
        Assert.Contains(decoded, d => d.Header.Version == 2);
    }

    [Fact]
    public void Flipped_SignatureOfAReading_IsTheSameThingAgain()
    {
        var first = Some.Parsed(Samples.Bytes("v1/readings.cbor"));
        var flipped = Some.Parsed(Samples.Bytes("v1/readings-signature-flipped.cbor"));

        Assert.NotEqual(first.Signature.ToArray(), flipped.Signature.ToArray());
        Assert.Equal(first.Digest, flipped.Digest);
        Assert.Equal(first.Payload.ToArray(), flipped.Payload.ToArray());
    }

    private static bool AllAuthentic(List<Envelope> envelopes) => envelopes[0].ContentType == ContentTypes.Record
        ? !Authenticity.Judge([.. envelopes.Select(e => (e, RecordCodec.TryDecode(e.Payload, out var d, out _) ? d.Header : null!))], Samples.Keys.GetValueOrDefault).Contains(false)
        : envelopes.TrueForAll(e => e.Verify(Samples.Keys[e.KeyId]));

    private static byte[]? Reencoded(Envelope envelope) => envelope.ContentType switch
    {
        ContentTypes.Record when RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) => decoded.Record is { } record ? RecordCodec.Encode(record) : null,
        ContentTypes.Receipt when ReceiptCodec.TryDecode(envelope.Payload, out var receipt, out _) => ReceiptCodec.Encode(receipt),
        ContentTypes.Command when CommandCodec.TryDecode(envelope.Payload, out var command, out _) => CommandCodec.Encode(command),
        _ => throw new InvalidDataException(envelope.ContentType),
    };
}
