using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using CsCheck;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class EnvelopeTests
{
    private static readonly BigInteger Order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    [Fact]
    public void TryParse_SignedEnvelope_GivesEverythingBack()
    {
        var payload = RecordCodec.Encode(Some.Record());
        var signed = Envelope.Sign(ContentTypes.Record, payload, Some.StationKey);

        var parsed = Some.Parsed(signed.Bytes);

        Assert.Equal(ContentTypes.Record, parsed.ContentType);
        Assert.Equal(Some.StationKey.Public.Id, parsed.KeyId);
        Assert.Equal(payload, parsed.Payload.ToArray());
        Assert.Equal(signed.Digest, parsed.Digest);
        Assert.Equal(signed.Digest, Digest.Of(signed.ToBeSigned));
        Assert.True(parsed.Verify(Some.StationKey.Public));
    }

    [Fact]
    public void TryParse_CallerOverwritesItsBuffer_EnvelopeKeepsItsBytes()
    {
        var bytes = Some.Envelope().Bytes.ToArray();
        var parsed = Some.Parsed(bytes);

        Array.Clear(bytes);

        Assert.Equal(parsed.Digest, Some.Parsed(parsed.Bytes).Digest);
        Assert.True(RecordCodec.TryDecode(parsed.Payload, out _, out _));
    }

    [Fact]
    public void Verify_AnotherKey_DoesNotHold() => Assert.False(Some.Envelope().Verify(Some.OperatorKey.Public));

    [Fact]
    public void TryParse_Truncated_IsRefusedAtEveryLength()
    {
        var bytes = Some.Envelope().Bytes;
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(Envelope.TryParse(bytes[..length], out _, out var refusal));
            Assert.Equal(RefusalReason.OuterForm, refusal.Reason);
        }
    }

    [Fact]
    public void TryParse_FlippedS_VerifiesAndHasTheSameDigest()
    {
        var envelope = Some.Envelope();
        var bytes = envelope.Bytes.ToArray();
        var s = new BigInteger(bytes.AsSpan(^32), isUnsigned: true, isBigEndian: true);
        var other = (Order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.AsSpan(^32).Clear();
        other.CopyTo(bytes, bytes.Length - other.Length);

        var flipped = Some.Parsed(bytes);

        Assert.True(flipped.Verify(Some.StationKey.Public));
        Assert.Equal(envelope.Digest, flipped.Digest);
        Assert.NotEqual(envelope.Signature.ToArray(), flipped.Signature.ToArray());
    }

    [Fact]
    public void TryParse_AnyOneBitFlipped_IsRefusedOrDoesNotVerifyOrIsTheSame()
    {
        var envelope = Some.Envelope();
        for (var bit = 0; bit < envelope.Bytes.Length * 8; bit++)
        {
            var bytes = envelope.Bytes.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Envelope.TryParse(bytes, out var changed, out var refusal) && changed.Verify(Some.StationKey.Public), $"bit {bit}: {refusal}");
        }
    }

    [Fact]
    public void Verify_ContentTypeChangedAfterSigning_DoesNotHold()
    {
        var record = Some.Envelope();
        var receipt = Envelope.Sign(ContentTypes.Receipt, record.Payload, Some.StationKey);

        // The receipt's bytes with the record's signature: the content type is part of what is signed.
        var mixed = Some.Parsed((byte[])[.. receipt.Bytes[..^64].Span, .. record.Signature.Span]);

        Assert.Equal(ContentTypes.Receipt, mixed.ContentType);
        Assert.False(mixed.Verify(Some.StationKey.Public));
        Assert.NotEqual(record.Digest, mixed.Digest);
    }

    [Fact]
    public void TryParse_LargerThanTheLimit_IsTooLarge()
    {
        Assert.False(Envelope.TryParse(new byte[WireLimits.Envelope + 1], out _, out var refusal));
        Assert.Equal(RefusalReason.TooLarge, refusal.Reason);
    }

    [Fact]
    public void TryParse_TenMegabytes_IsTooLargeWithoutReadingThem()
    {
        Assert.False(Envelope.TryParse(new byte[10_000_000], out _, out var refusal));
        Assert.Equal(RefusalReason.TooLarge, refusal.Reason);
    }

    [Fact]
    public void Sign_PayloadThatIsNotDeterministic_Throws() =>
        Assert.Throws<ArgumentException>(() => Envelope.Sign(ContentTypes.Record, new byte[] { 0xBF, 0xFF }, Some.StationKey));

    [Fact]
    public void Sign_PayloadThatIsTooLarge_Throws()
    {
        byte[] large = [0x59, 0xFF, 0xFF, .. new byte[65_535]];
        Assert.Contains("65536", Assert.Throws<ArgumentException>(() => Envelope.Sign(ContentTypes.Record, large, Some.StationKey)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("has a space")]
    [InlineData("水")]
    public void Sign_ContentTypeThatNobodyWouldAccept_Throws(string contentType) =>
        Assert.Throws<ArgumentException>(() => Envelope.Sign(contentType, new byte[] { 0xA0 }, Some.StationKey));

    [Fact]
    public void Sign_SignerWhoseSignatureIsNot64Bytes_Throws() =>
        Assert.Throws<ArgumentException>(() => Envelope.Sign(ContentTypes.Record, new byte[] { 0xA0 }, new DerSigner()));

    [Fact]
    public void Sign_AnyRecord_IsReadAndVerifiedByTheCoseOfDotNet() => Some.AnyRecord.Sample(
        record =>
        {
            var envelope = Some.Envelope(record);
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Some.StationKey.Public.SubjectPublicKeyInfo.Span, out _);

            var message = CoseMessage.DecodeSign1(envelope.Bytes.Span);

            Assert.True(message.VerifyEmbedded(key));
            Assert.Equal(envelope.Payload.ToArray(), message.Content!.Value.ToArray());
            Assert.Equal(ContentTypes.Record, message.ProtectedHeaders[CoseHeaderLabel.ContentType].GetValueAsString());
            Assert.Equal(envelope.KeyId.ToArray(), message.ProtectedHeaders[CoseHeaderLabel.KeyIdentifier].GetValueAsBytes());
        },
        iter: 200);

    [Fact]
    public void TryParse_RandomBytes_NeverThrowsAndNeverVerifies() => Gen.OneOf(
        Gen.Byte.Array[0, 300],
        Gen.Byte.Array[0, 300].Select(bytes => (byte[])[0xD2, 0x84, .. bytes])).Sample(
        bytes => !Envelope.TryParse(bytes, out var envelope, out var refusal) ? refusal.Detail.Length > 0 : !envelope.Verify(Some.StationKey.Public),
        iter: 20_000);

    [Fact]
    public void TryParse_MutatedEnvelope_NeverAcceptsAnotherDigestUnderASignature() =>
        Mutations.Of(Some.Envelope().Bytes.ToArray()).Sample(
            bytes =>
            {
                if (Envelope.TryParse(bytes, out var envelope, out _) && envelope.Verify(Some.StationKey.Public))
                {
                    Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
                    Assert.Equal(RecordCodec.Encode(Some.Record()), RecordCodec.Encode(decoded.Record!));
                }
            },
            iter: 20_000);

    private sealed class DerSigner : ISigner
    {
        public PublicKey Public => Some.StationKey.Public;

        public byte[] Sign(ReadOnlySpan<byte> data) => new byte[70];
    }
}
