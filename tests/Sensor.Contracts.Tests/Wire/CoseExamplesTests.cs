using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using System.Text.Json.Nodes;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>
/// The published COSE_Sign1 examples. None carries a content type and a 32-byte key id in the protected header, so our stricter form refuses
/// all; but the signature arithmetic and the Sig_structure are the same, and both routes agree on which signatures hold.
/// </summary>
public sealed class CoseExamplesTests
{
    private static readonly string Folder = Path.Combine(Samples.Folder, "vectors", "cose-sign1");

    /// <summary>The example, what our form says, why, and whether its signature holds (null: not ES256 or not COSE_Sign1).</summary>
    public static TheoryData<string, RefusalReason, string, bool?> Examples => new()
    {
        { "ecdsa-examples_ecdsa-sig-01", RefusalReason.OuterForm, "the key id stands in the unprotected header, the content type is a number", true },
        { "ecdsa-examples_ecdsa-sig-02", RefusalReason.OuterForm, "the key id stands in the unprotected header; ES384", null },
        { "ecdsa-examples_ecdsa-sig-03", RefusalReason.OuterForm, "the key id stands in the unprotected header; ES512", null },
        { "ecdsa-examples_ecdsa-sig-04", RefusalReason.OuterForm, "the key id stands in the unprotected header; ES512 with a P-256 key", null },
        { "sign1-tests_sign-fail-01", RefusalReason.OuterForm, "tag 998", null },
        { "sign1-tests_sign-fail-02", RefusalReason.OuterForm, "the key id stands in the unprotected header; the signature was changed", false },
        { "sign1-tests_sign-fail-03", RefusalReason.OuterForm, "the key id stands in the unprotected header; algorithm -999", null },
        { "sign1-tests_sign-fail-04", RefusalReason.OuterForm, "the key id stands in the unprotected header; algorithm as text", null },
        { "sign1-tests_sign-fail-06", RefusalReason.OuterForm, "the key id stands in the unprotected header; a protected member was added after signing", false },
        { "sign1-tests_sign-fail-07", RefusalReason.OuterForm, "the key id stands in the unprotected header; a protected member was removed after signing", false },
        { "sign1-tests_sign-pass-01", RefusalReason.OuterForm, "algorithm and key id stand in the unprotected header, the protected one is empty", true },
        { "sign1-tests_sign-pass-02", RefusalReason.OuterForm, "the key id stands in the unprotected header; signed with external data", true },
        { "sign1-tests_sign-pass-03", RefusalReason.OuterForm, "no tag 18", true },
    };

    [Fact]
    public void Table_OfExamples_NamesEveryFile() => Assert.Equal(
        Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
        Examples.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Examples))]
    public void TryParse_Example_IsRefusedByTheStricterForm(string name, RefusalReason reason, string why, bool? holds)
    {
        var example = Read(name);

        Assert.False(Envelope.TryParse(Convert.FromHexString((string)example["output"]!["cbor"]!), out _, out var refusal), why);
        Assert.Equal(reason, refusal.Reason);
        Assert.True(holds is null || why.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Verify_Es256Example_AgreesWithTheExampleAndWithDotNet(string name, RefusalReason reason, string why, bool? holds)
    {
        if (holds is not { } expected)
        {
            Assert.NotEmpty(why);
            return;
        }

        var example = Read(name);
        var bytes = Convert.FromHexString((string)example["output"]!["cbor"]!);
        var external = Convert.FromHexString((string?)example["input"]!["sign0"]!["external"] ?? "");
        var (header, payload, signature) = Parts(bytes);
        using var ecdsa = Key(example);
        using var key = PublicKey.FromSubjectPublicKeyInfo(ecdsa.ExportSubjectPublicKeyInfo());

        Assert.Equal(RefusalReason.OuterForm, reason);
        Assert.Equal(expected, key.Verify(SigStructure(header, external, payload), signature));
        if (name != "sign1-tests_sign-pass-01")
        {
            Assert.Equal(expected, CoseMessage.DecodeSign1(bytes).VerifyEmbedded(ecdsa, external));
        }

        if (expected)
        {
            Assert.Equal((string)example["intermediates"]!["ToBeSign_hex"]!, Convert.ToHexString(SigStructure(header, external, payload)));
        }
    }

    [Fact]
    public void TryParse_ExamplesContentInOurForm_IsAccepted()
    {
        // The content of the examples is text, not CBOR; as a byte string it is a deterministic payload.
        var writer = DeterministicCbor.Writer();
        writer.WriteByteString("This is the content."u8);
        using var ecdsa = Key(Read("sign1-tests_sign-pass-02"));
        using var signer = SigningKey.FromPem(ecdsa.ExportPkcs8PrivateKeyPem());

        var envelope = Envelope.Sign(ContentTypes.Record, writer.Encode(), signer);

        Assert.True(Some.Parsed(envelope.Bytes).Verify(signer.Public));
        Assert.True(CoseMessage.DecodeSign1(envelope.Bytes.Span).VerifyEmbedded(ecdsa));
        Assert.Equal(envelope.ToBeSigned, SigStructure(Parts(envelope.Bytes.ToArray()).Header, [], envelope.Payload.ToArray()));
    }

    private static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;

    private static ECDsa Key(JsonNode example)
    {
        var key = example["input"]!["sign0"]!["key"]!;
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") },
            D = Bytes(key, "d"),
        });
    }

    private static byte[] Bytes(JsonNode key, string member)
    {
        var text = ((string)key[member]!).Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }

    private static (byte[] Header, byte[] Payload, byte[] Signature) Parts(byte[] bytes)
    {
        var reader = new CborReader(bytes);
        if (reader.PeekState() == CborReaderState.Tag)
        {
            reader.ReadTag();
        }

        reader.ReadStartArray();
        var header = reader.ReadByteString();

        // An empty protected header is signed as the empty string, RFC 9052 section 3.
        header = header is [0xA0] ? [] : header;
        reader.SkipValue();
        return (header, reader.ReadByteString(), reader.ReadByteString());
    }

    private static byte[] SigStructure(byte[] header, byte[] external, byte[] payload)
    {
        var writer = new CborWriter();
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(header);
        writer.WriteByteString(external);
        writer.WriteByteString(payload);
        writer.WriteEndArray();
        return writer.Encode();
    }
}
