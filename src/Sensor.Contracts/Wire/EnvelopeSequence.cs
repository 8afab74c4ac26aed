using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>One or many envelopes in one MQTT message: a CBOR sequence (RFC 8742), one after another without anything between.</summary>
public static class EnvelopeSequence
{
    /// <summary>
    /// Splits a message into its items. The bytes of an item are not yet an envelope: give each to <see cref="Envelope.TryParse"/>,
    /// so that one bad envelope costs only itself.
    /// </summary>
    /// <param name="message">The whole message.</param>
    /// <param name="items">The items up to the first byte that is not CBOR.</param>
    /// <param name="refusal">What is wrong with the rest, or null.</param>
    public static bool TrySplit(ReadOnlyMemory<byte> message, out IReadOnlyList<ReadOnlyMemory<byte>> items, out Refusal? refusal)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        (items, refusal) = (found, null);
        if (message.Length is 0 or > WireLimits.Message)
        {
            refusal = message.Length == 0
                ? new Refusal(RefusalReason.OuterForm, "the message is empty")
                : new Refusal(RefusalReason.TooLarge, $"{message.Length} bytes; a message has at most {WireLimits.Message}");
            return false;
        }

        // Lax, because which encodings are allowed is for the envelope to say; here only the ends are found.
        var reader = new CborReader(message, CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
        try
        {
            while (reader.BytesRemaining > 0)
            {
                found.Add(reader.ReadEncodedValue(disableConformanceModeChecks: true));
            }

            return true;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            refusal = new Refusal(RefusalReason.OuterForm, $"item {found.Count + 1} of the message is not CBOR: {e.Message}");
            return false;
        }
    }

    /// <summary>Puts envelopes one after another.</summary>
    public static byte[] Join(IReadOnlyCollection<ReadOnlyMemory<byte>> envelopes)
    {
        var message = new byte[envelopes.Sum(e => e.Length)];
        var at = 0;
        foreach (var envelope in envelopes)
        {
            envelope.Span.CopyTo(message.AsSpan(at));
            at += envelope.Length;
        }

        return message;
    }
}
