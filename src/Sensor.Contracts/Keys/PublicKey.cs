using System.Security.Cryptography;

namespace Sensor.Contracts.Keys;

/// <summary>A P-256 public key and its fingerprint.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class PublicKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _lock = new();

    private PublicKey(ECDsa key)
    {
        _key = key;
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
        Id = Digest.Of(SubjectPublicKeyInfo.Span);
    }

    /// <summary>SHA-256 of the DER SubjectPublicKeyInfo; the key id on the wire and the fingerprint that people compare.</summary>
    public Digest Id { get; }

    /// <summary>The DER SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>The key as PEM.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", SubjectPublicKeyInfo.Span) + "\n";

    /// <summary>Reads a PEM public key.</summary>
    /// <exception cref="CryptographicException">The text is not the PEM of a P-256 public key, or holds a private key.</exception>
    public static PublicKey FromPem(string pem)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw new CryptographicException("this is a private key, which must never leave its owner; give the public key (openssl pkey -in FILE -pubout)");
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return Checked(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new CryptographicException("not the PEM of a P-256 public key: " + e.Message, e);
        }
    }

    /// <summary>Reads a DER SubjectPublicKeyInfo.</summary>
    /// <exception cref="CryptographicException">The bytes are not a P-256 public key.</exception>
    public static PublicKey FromSubjectPublicKeyInfo(ReadOnlySpan<byte> der)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out var read);
            return read == der.Length ? Checked(key) : throw new CryptographicException($"{der.Length - read} bytes follow the public key");
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
        catch (PlatformNotSupportedException e)
        {
            // A curve that nobody knows.
            key.Dispose();
            throw new CryptographicException(e.Message, e);
        }
    }

    /// <summary>Whether 64 bytes r ‖ s are an ES256 signature of some bytes. Both s and n − s are accepted: the digest, not the signature, names a record.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_lock)
        {
            return signature.Length == 64
                && _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <summary>Whether 64 bytes r ‖ s are an ES256 signature of the bytes that have a digest; otherwise as <see cref="Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>.</summary>
    internal bool Verify(Digest digest, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[Digest.Size];
        digest.CopyTo(hash);
        lock (_lock)
        {
            return signature.Length == 64 && _key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal static PublicKey Of(ECDsa signing)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(signing.ExportSubjectPublicKeyInfo(), out _);
        return Checked(key);
    }

    private static PublicKey Checked(ECDsa key)
    {
        var curve = key.ExportParameters(false).Curve.Oid;
        return curve.Value == "1.2.840.10045.3.1.7" || curve.FriendlyName is "nistP256" or "ECDSA_P256"
            ? new PublicKey(key)
            : throw new CryptographicException("the key is not on the curve P-256");
    }
}
