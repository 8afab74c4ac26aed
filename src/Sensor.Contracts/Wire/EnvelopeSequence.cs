using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>One or many envelopes in one MQTT message: a CBOR sequence (RFC 8742), one after another without anything between.</summary>
public static class EnvelopeSequence
{
    /// <summary>
    /// Splits a message into its items. The bytes of an item are not yet an envelope: give each to <see cref="Envelope.TryParse"/>,
    /// so that one bad envelope costs only itself.
    /// </summary>
    /// <param name="message">The whole message; the items are slices of it, valid as long as it is not overwritten.</param>
    /// <param name="items">The items up to the first place that is not CBOR, or where an item is longer than an envelope may be.</param>
    /// <param name="refusal">What is wrong with the rest, or null.</param>
    /// <returns>True when the whole message was split.</returns>
    public static bool TrySplit(ReadOnlyMemory<byte> message, out IReadOnlyList<ReadOnlyMemory<byte>> items, out Refusal? refusal)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        (items, refusal) = (found, Bounds(message.Length));
        var rest = message;
        while (refusal is null && !rest.IsEmpty)
        {
            refusal = found.Count == WireLimits.Envelopes
                ? new Refusal(RefusalReason.TooLarge, $"more than {WireLimits.Envelopes} items in one message")
                : TakeNext(ref rest, found);
        }

        return refusal is null;
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

    private static Refusal? Bounds(int length) => length switch
    {
        0 => new Refusal(RefusalReason.OuterForm, "the message is empty"),
        > WireLimits.Message => new Refusal(RefusalReason.TooLarge, $"{length} bytes; a message has at most {WireLimits.Message}"),
        _ => null,
    };

    internal static Refusal? TakeNext(ref ReadOnlyMemory<byte> rest, List<ReadOnlyMemory<byte>> found)
    {
        try
        {
            // A window of one envelope's size bounds what an item may claim, nest or allocate. Lax, because which encodings are
            // allowed is for the envelope to say; here only the ends are found.
            var window = rest[..Math.Min(WireLimits.Envelope, rest.Length)];
            var item = EnvelopeEnd.Of(window.Span) is { } end ? window[..end] : new CborReader(window, CborConformanceMode.Lax).ReadEncodedValue(disableConformanceModeChecks: true);
            found.Add(item);
            rest = rest[item.Length..];
            return null;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return new Refusal(RefusalReason.OuterForm, $"item {found.Count + 1} of the message is not CBOR of at most {WireLimits.Envelope} bytes: {e.Message}");
        }
    }
}
