using System.Diagnostics;
using System.Security.Cryptography;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Tests.Wire;

namespace Sensor.Contracts.Tests.Keys;

public sealed class PublicKeyTests
{
    [Fact]
    public void FromPem_OfPem_IsTheSameKey()
    {
        var key = Some.StationKey.Public;
        using var again = PublicKey.FromPem(key.Pem);
        using var fromDer = PublicKey.FromSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span);

        Assert.Equal(key.Id, again.Id);
        Assert.Equal(key.Id, fromDer.Id);
        Assert.Equal(key.Pem, again.Pem);
        Assert.Equal(91, key.SubjectPublicKeyInfo.Length);
    }

    [Fact]
    public void FromPem_PrivateKey_IsRefusedWithAdvice()
    {
        var pem = File.ReadAllText(Path.Combine(Samples.Folder, "v1", "station.pem"));
        Assert.Contains("private key", Assert.Throws<CryptographicException>(() => PublicKey.FromPem(pem)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    public void FromPem_NotAKey_IsRefused(string pem) => Assert.Throws<CryptographicException>(() => PublicKey.FromPem(pem));

    [Fact]
    public void FromPem_AnotherCurve_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<CryptographicException>(() => PublicKey.FromPem(key.ExportSubjectPublicKeyInfoPem()));
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_BytesAfterTheKey_AreRefused() => Assert.Throws<CryptographicException>(
        () => PublicKey.FromSubjectPublicKeyInfo([.. Some.StationKey.Public.SubjectPublicKeyInfo.Span, 0]));

    [Fact]
    public void FromSubjectPublicKeyInfo_AnyBitOfTheHeaderChanged_IsRefusedOrTheSameKey()
    {
        var der = Some.StationKey.Public.SubjectPublicKeyInfo.ToArray();
        for (var bit = 0; bit < 27 * 8; bit++)
        {
            var changed = (byte[])der.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var thrown = Record.Exception(() => Assert.Equal(der, PublicKey.FromSubjectPublicKeyInfo(changed).SubjectPublicKeyInfo.ToArray()));
            Assert.True(thrown is null or CryptographicException, $"bit {bit}: {thrown}");
        }
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_TruncatedAnywhere_IsRefused()
    {
        var der = Some.StationKey.Public.SubjectPublicKeyInfo;
        for (var length = 0; length < der.Length; length++)
        {
            Assert.Throws<CryptographicException>(() => PublicKey.FromSubjectPublicKeyInfo(der.Span[..length]));
        }
    }

    [Fact]
    public void Verify_SignatureOfAnotherLength_DoesNotHold()
    {
        var signature = Some.StationKey.Sign("text"u8);
        Assert.True(Some.StationKey.Public.Verify("text"u8, signature));
        Assert.False(Some.StationKey.Public.Verify("text"u8, signature.AsSpan(1)));
        Assert.False(Some.StationKey.Public.Verify("text"u8, [.. signature, 0]));
        Assert.False(Some.StationKey.Public.Verify("text"u8, []));
    }

    [Fact]
    public async Task Verify_FromManyThreads_Holds()
    {
        var signature = Some.StationKey.Sign("text"u8);
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Some.StationKey.Public.Verify("text"u8, signature))));
        Assert.DoesNotContain(false, results);
    }

    [Fact]
    public async Task Id_OfAKey_IsWhatTheDocumentedCommandPrints()
    {
        // docs/wire.md, section "Key id".
        var command = $"openssl pkey -pubin -in {Path.Combine(Samples.Folder, "v1", "station.pub.pem")} -outform DER | openssl dgst -sha256 -r";
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith(Some.StationKey.Public.Id.ToString(), output, StringComparison.Ordinal);
    }
}
