using System.Runtime.Versioning;
using System.Security.Cryptography;
using Sensor.Contracts.Keys;

namespace Sensor.Contracts.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class SigningKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File600 => _folder.PathOf("keys/station.pem");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadOrCreate_Twice_IsTheSameKey()
    {
        using var first = SigningKey.LoadOrCreate(File600);
        using var second = SigningKey.LoadOrCreate(File600);

        Assert.Equal(first.Public.Id, second.Public.Id);
        Assert.True(second.Public.Verify("text"u8, first.Sign("text"u8)));
        Assert.Equal([File600], Directory.GetFiles(Path.GetDirectoryName(File600)!));
    }

    [Fact]
    public void LoadOrCreate_NewFile_OnlyItsOwnerMayReadIt()
    {
        using var key = SigningKey.LoadOrCreate(File600);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File600));
    }

    [Fact]
    public void LoadOrCreate_RestOfAnInterruptedCreation_IsReplaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File600)!);
        File.WriteAllText(File600 + ".new", "-----BEGIN PRIV");

        using var key = SigningKey.LoadOrCreate(File600);

        Assert.False(File.Exists(File600 + ".new"));
        Assert.Contains("PRIVATE KEY", File.ReadAllText(File600), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void LoadOrCreate_DamagedFile_NamesTheFileAndTheRemedyAndKeepsIt(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File600)!);
        File.WriteAllText(File600, content);
        File.SetUnixFileMode(File600, UnixFileMode.UserRead);

        var message = Assert.Throws<CryptographicException>(() => SigningKey.LoadOrCreate(File600)).Message;

        Assert.Contains(File600, message, StringComparison.Ordinal);
        Assert.Contains("Restore it", message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(File600));
    }

    [Fact]
    public void LoadOrCreate_FileThatOthersMayRead_IsRefusedWithTheCommandThatHelps()
    {
        SigningKey.LoadOrCreate(File600).Dispose();
        File.SetUnixFileMode(File600, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Contains("chmod 600", Assert.Throws<CryptographicException>(() => SigningKey.LoadOrCreate(File600)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromPem_PublicKey_IsRefused()
    {
        using var key = SigningKey.Create();
        Assert.Throws<CryptographicException>(() => SigningKey.FromPem(key.Public.Pem));
    }

    [Fact]
    public void FromPem_AnotherCurve_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<CryptographicException>(() => SigningKey.FromPem(key.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void Sign_AnyData_Is64BytesThatVerify()
    {
        using var key = SigningKey.Create();
        for (var i = 0; i < 300; i++)
        {
            var data = BitConverter.GetBytes(i);
            var signature = key.Sign(data);
            Assert.Equal(64, signature.Length);
            Assert.True(key.Public.Verify(data, signature));
        }
    }
}
