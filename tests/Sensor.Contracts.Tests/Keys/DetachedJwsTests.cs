using System.Buffers.Text;
using System.Text;
using CsCheck;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Keys;

public sealed class DetachedJwsTests
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes("""{"a":1}""");
    private static readonly SigningKey Key = SigningKey.Create();
    private static readonly string Signed = DetachedJws.Sign(ContentTypes.Determination, Document, Key);

    [Fact]
    public void Holds_WhatWasSigned_AndNothingElse()
    {
        using var other = SigningKey.Create();
        var jws = DetachedJws.Parse(Signed + "\n");

        Assert.Equal((Key.Public.Id, ContentTypes.Determination), (jws.KeyId, jws.Type));
        Assert.True(jws.Holds(Document, ContentTypes.Determination, Key.Public));
        Assert.False(jws.Holds([.. Document, 0x20], ContentTypes.Determination, Key.Public));
        Assert.False(jws.Holds(Document, ContentTypes.Outcome, Key.Public));
        Assert.False(jws.Holds(Document, ContentTypes.Determination, other.Public));
    }

    [Theory]
    [InlineData("", "not a detached signature")]
    [InlineData("a.b", "not a detached signature")]
    [InlineData("e30.e30.AA", "not a detached signature")]
    [InlineData("e30..**", "the signature is not base64url")]
    [InlineData("e30..AA", "has 1 bytes")]
    public void Parse_WhatIsNoSignature_SaysWhy(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => DetachedJws.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not a JSON object")]
    [InlineData("{}", "no text 'kid'")]
    [InlineData("""{"kid":"KID","typ":"t"}""", "no text 'alg'")]
    [InlineData("""{"alg":"none","kid":"KID","typ":"t"}""", "'none' is not ES256")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""", "no text 'typ'")]
    [InlineData("""{"alg":"ES256","kid":"me","typ":"t"}""", "not a fingerprint")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"t","crit":["b64"]}""", "critical")]
    public void Parse_OtherHeaders_AreRefused(string header, string why)
    {
        var signature = Base64Url.EncodeToString(new byte[64]);
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("KID", Key.Public.Id.ToString(), StringComparison.Ordinal)))}..{signature}";
        Assert.Contains(why, Assert.Throws<FormatException>(() => DetachedJws.Parse(text)).Message, StringComparison.Ordinal);
    }

    /// <summary>The last character of a base64url group may carry bits that nobody reads; every other change must show.</summary>
    [Fact]
    public void Holds_OneCharacterChanged_IsNeverTrue() => Gen.Select(Gen.Int[0, Signed.Length - 2], Gen.Char['!', '~']).Sample((place, character) =>
    {
        if (Signed[place] == character)
        {
            return;
        }

        var changed = Signed[..place] + character + Signed[(place + 1)..];
        try
        {
            Assert.False(DetachedJws.Parse(changed).Holds(Document, ContentTypes.Determination, Key.Public));
        }
        catch (FormatException)
        {
            // Refused is as good.
        }
    });
}
