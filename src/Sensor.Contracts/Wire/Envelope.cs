using System.Formats.Cbor;
using Sensor.Contracts.Keys;

namespace Sensor.Contracts.Wire;

/// <summary>
/// A signed thing on the wire: COSE_Sign1 (RFC 9052 section 4.2) with ES256, in the one outer form that is accepted (docs/wire.md).
/// </summary>
/// <remarks>
/// A parsed envelope has the right form and a deterministic payload; whether its signature holds is a separate question, see <see cref="Verify"/>.
/// It keeps its own copy of the bytes. Immutable and thread-safe.
/// </remarks>
public sealed class Envelope
{
    private const int Es256 = -7;
    private const int SignatureSize = 64;
    private const CborTag CoseSign1 = (CborTag)18;

    private Envelope(ReadOnlyMemory<byte> bytes, string contentType, Digest keyId, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> header)
    {
        Bytes = bytes;
        ContentType = contentType;
        KeyId = keyId;
        Payload = payload;
        Signature = signature;
        Header = header;
        Digest = SigStructure.Digest(header.Span, payload.Span);
    }

    /// <summary>The envelope as it travels.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What the payload is; see <see cref="ContentTypes"/>.</summary>
    public string ContentType { get; }

    /// <summary>The fingerprint of the key that is said to have signed.</summary>
    public Digest KeyId { get; }

    /// <summary>The payload, in deterministic CBOR.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signature r ‖ s.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>
    /// SHA-256 of the Sig_structure: the protected header and the payload, not the signature. It names the thing;
    /// the same digest with another signature is the same thing again.
    /// </summary>
    public Digest Digest { get; }

    /// <summary>The RFC 9052 Sig_structure over which the signature runs.</summary>
    internal byte[] ToBeSigned => SigStructure.Of(Header.Span, Payload.Span);

    private ReadOnlyMemory<byte> Header { get; }

    /// <summary>Signs a payload.</summary>
    /// <param name="contentType">What the payload is.</param>
    /// <param name="payload">The payload, already in deterministic encoding.</param>
    /// <param name="signer">Signs, and names its key.</param>
    /// <exception cref="ArgumentException">The envelope would not be accepted: the payload is not deterministic, the whole too large, or the signature not 64 bytes.</exception>
    public static Envelope Sign(string contentType, ReadOnlyMemory<byte> payload, ISigner signer)
    {
        var header = ProtectedHeader(contentType, signer.Public.Id);
        var bytes = Encode(header, payload.Span, signer.Sign(SigStructure.Of(header, payload.Span)));
        return TryParse(bytes, out var envelope, out var refusal) ? envelope : throw new ArgumentException(refusal.Detail, nameof(payload));
    }

    /// <summary>Takes an envelope from its bytes, refusing every other form than the accepted one.</summary>
    /// <param name="bytes">Exactly one envelope; copied, so that the caller may use its buffer again.</param>
    /// <param name="envelope">The envelope, when the result is true.</param>
    /// <param name="refusal">Why not, when the result is false.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, out Envelope envelope, out Refusal refusal)
    {
        envelope = null!;
        refusal = null!;
        if (bytes.Length > WireLimits.Envelope)
        {
            refusal = new Refusal(RefusalReason.TooLarge, $"{bytes.Length} bytes; an envelope has at most {WireLimits.Envelope}");
            return false;
        }

        try
        {
            return TryRead(bytes.ToArray(), out envelope, out refusal);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            refusal = new Refusal(RefusalReason.OuterForm, e.Message);
            return false;
        }
    }

    /// <summary>Whether the signature holds under a key; the key must be the one that the header names.</summary>
    public bool Verify(PublicKey key) => key.Id == KeyId && key.Verify(Digest, Signature.Span);

    private static bool TryRead(ReadOnlyMemory<byte> bytes, out Envelope envelope, out Refusal refusal)
    {
        (envelope, refusal) = (null!, null!);
        if (!TryReadOuter(bytes, out var header, out var payload, out var signature) || signature.Length != SignatureSize)
        {
            refusal = new Refusal(RefusalReason.OuterForm, $"an envelope is tag 18 of [protected header, empty map, payload, signature of {SignatureSize} bytes] and nothing after");
        }
        else if (!TryReadHeader(header, out var contentType, out var keyId))
        {
            refusal = new Refusal(RefusalReason.Header, "the protected header must be exactly {1: -7, 3: content type, 4: key id of 32 bytes} in deterministic encoding");
        }
        else if (DeterministicCbor.Check(payload, out refusal!))
        {
            envelope = new Envelope(bytes, contentType, keyId, payload, signature, header);
        }

        return refusal is null;
    }

    private static bool TryReadOuter(ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> header, out ReadOnlyMemory<byte> payload, out ReadOnlyMemory<byte> signature)
    {
        (header, payload, signature) = (default, default, default);
        var outer = new PayloadReader(bytes);
        if (outer.ReadTag() != CoseSign1 || outer.ReadStartArray() != 4)
        {
            return false;
        }

        header = outer.ReadByteString();
        if (outer.ReadStartMap() != 0)
        {
            return false;
        }

        payload = outer.ReadByteString();
        signature = outer.ReadByteString();
        return outer.BytesRemaining == 0;
    }

    private static bool TryReadHeader(ReadOnlyMemory<byte> header, out string contentType, out Digest keyId)
    {
        (contentType, keyId) = ("", default);
        try
        {
            var reader = new PayloadReader(header);
            if (reader.ReadStartMap() != 3 || reader.ReadInt64() != 1 || reader.ReadInt64() != Es256 || reader.ReadInt64() != 3)
            {
                return false;
            }

            contentType = reader.ReadTextString();
            if (reader.ReadInt64() != 4 || reader.ReadByteString() is not { Length: Digest.Size } id)
            {
                return false;
            }

            keyId = new Digest(id.Span);
            return reader.BytesRemaining == 0 && contentType.Length is > 0 and <= WireLimits.ContentType && contentType.All(c => c is > ' ' and <= '~');
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    private static byte[] ProtectedHeader(string contentType, Digest keyId)
    {
        var writer = DeterministicCbor.Writer();
        writer.WriteStartMap(3);
        writer.WriteInt32(1);
        writer.WriteInt32(Es256);
        writer.WriteInt32(3);
        writer.WriteTextString(contentType);
        writer.WriteInt32(4);
        writer.WriteByteString(keyId.ToArray());
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static byte[] Encode(byte[] header, ReadOnlySpan<byte> payload, byte[] signature)
    {
        var writer = DeterministicCbor.Writer();
        writer.WriteTag(CoseSign1);
        writer.WriteStartArray(4);
        writer.WriteByteString(header);
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteByteString(payload);
        writer.WriteByteString(signature);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
