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
            CryptographicOperations.ZeroMemory(key.ExportParameters(true).D);
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
    /// <exception cref="CryptographicException">The file is not the PEM of a P-256 private key, or others than its owner and group may read it.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static SigningKey LoadOrCreate(string path)
    {
        if (File.Exists(path))
        {
            return Load(path);
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

        // Again after the rename: on journalling file systems this brings the new name to disk too.
        using var named = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        RandomAccess.FlushToDisk(named);
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

    private static SigningKey Load(string path)
    {
        const UnixFileMode TooOpen = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & TooOpen) != 0)
        {
            throw new CryptographicException($"others may read or change the key file {path}; take that away with: chmod 600 {path}");
        }

        try
        {
            return FromPem(File.ReadAllText(path));
        }
        catch (CryptographicException e)
        {
            throw new CryptographicException($"the key file {path} is {e.Message} Restore it, or move it away to make a new key, which then must be enrolled.", e);
        }
    }
}
