using System.Security.Cryptography;

namespace Sensor.Contracts.Keys;

/// <summary>Signs with a P-256 private key held in a file that only its owner can read.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SigningKey : ISigner, IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _lock = new();

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = PublicKey.Of(key);
    }

    /// <inheritdoc/>
    public PublicKey Public { get; }

    /// <summary>Makes a key that exists only in memory.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a PEM private key.</summary>
    /// <exception cref="CryptographicException">The text is not the PEM of a P-256 private key.</exception>
    public static SigningKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new SigningKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException("not the PEM of a P-256 private key: " + e.Message, e);
        }
    }

    /// <summary>
    /// Reads the key of a file, or makes one and writes it there with mode 0600 when the file does not exist.
    /// The file is complete and on disk before the key is returned.
    /// </summary>
    /// <exception cref="CryptographicException">The file is not the PEM of a P-256 private key.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static SigningKey LoadOrCreate(string path)
    {
        if (File.Exists(path))
        {
            return FromPem(File.ReadAllText(path));
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var created = Create();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var partial = path + ".new";
        File.Delete(partial);
        using (var file = new FileStream(partial, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(created._key.ExportPkcs8PrivateKeyPem() + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: false);
        return created;
    }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Public.Dispose();
        _key.Dispose();
    }
}
