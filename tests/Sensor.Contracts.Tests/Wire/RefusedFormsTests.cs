using System.Text.Json;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>One meaning has one encoding: every other form that was thought of is refused, with the reason that refused.json names.</summary>
public sealed class RefusedFormsTests
{
    private static readonly Dictionary<string, string> Reasons =
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Samples.Folder, "refused", "refused.json")))!;

    public static TheoryData<string> Refused => [.. Samples.Refused];

    [Fact]
    public void Folder_OfRefusedForms_HasAReasonForEachFile() =>
        Assert.Equal(Reasons.Keys.Order(StringComparer.Ordinal), Samples.Refused.Select(name => Path.GetFileNameWithoutExtension(name)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Form_ThatIsNotTheAcceptedOne_IsRefusedWithItsReason(string name) =>
        Assert.Equal(Reasons[Path.GetFileNameWithoutExtension(name)], Reason(Samples.Bytes(name)).ToString());

    private static RefusalReason? Reason(byte[] bytes)
    {
        if (!Envelope.TryParse(bytes, out var envelope, out var refusal))
        {
            Assert.NotEmpty(refusal.Detail);
            return refusal.Reason;
        }

        if (!envelope.Verify(Samples.Keys[envelope.KeyId]))
        {
            return RefusalReason.Signature;
        }

        return envelope.ContentType switch
        {
            ContentTypes.Record => RecordCodec.TryDecode(envelope.Payload, out _, out refusal) ? null : refusal.Reason,
            ContentTypes.Receipt => ReceiptCodec.TryDecode(envelope.Payload, out _, out refusal) ? null : refusal.Reason,
            ContentTypes.Command => CommandCodec.TryDecode(envelope.Payload, out _, out refusal) ? null : refusal.Reason,
            _ => RefusalReason.ContentType,
        };
    }
}
