using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Sensor.Contracts.Keys;

/// <summary>A detached JSON Web Signature (RFC 7515 appendix F) with ES256 over the exact bytes of a document that travels beside it.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record DetachedJws
{
    private const int Longest = 4096;
    private const int SignatureSize = 64;

    private readonly string _header;
    private readonly byte[] _signature;

    private DetachedJws(string header, byte[] signature, Digest keyId, string type)
    {
        (_header, _signature) = (header, signature);
        (KeyId, Type) = (keyId, type);
    }

    /// <summary>The fingerprint of the key that claims to have signed.</summary>
    public Digest KeyId { get; }

    /// <summary>What was signed, see <see cref="Wire.ContentTypes"/>.</summary>
    public string Type { get; }

    /// <summary>The signature as <see cref="Sign"/> writes it, whatever space stood around it and whatever bits its last characters left unused.</summary>
    public string Text => $"{_header}..{Base64Url.EncodeToString(_signature)}";

    /// <summary>Signs bytes that travel beside the signature.</summary>
    /// <param name="type">The <c>typ</c>, see <see cref="Wire.ContentTypes"/>.</param>
    /// <param name="content">The exact bytes.</param>
    /// <param name="signer">Signs; the <c>kid</c> is its fingerprint.</param>
    /// <returns>The protected header, nothing, and the signature, separated by points.</returns>
    public static string Sign(string type, ReadOnlySpan<byte> content, ISigner signer)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{signer.Public.Id}}","typ":"{{type}}"}"""));
        var signature = signer.Sign(Signed(header, content));
        return $"{header}..{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Reads a signature; says nothing yet about whether it holds.</summary>
    /// <exception cref="FormatException">The text is not a detached signature with ES256, a <c>kid</c> and a <c>typ</c>; the message says why.</exception>
    public static DetachedJws Parse(string text)
    {
        var parts = text.Trim().Split('.');
        if (text.Length > Longest || parts is not [var header, "", var signature])
        {
            throw new FormatException("not a detached signature: a header, two points and a signature were expected");
        }

        var bytes = Decode(signature, "signature");
        return bytes.Length == SignatureSize
            ? Read(header, bytes)
            : throw new FormatException($"the signature has {bytes.Length} bytes; ES256 has {SignatureSize}");
    }

    /// <summary>Whether a key signed these bytes as this type.</summary>
    /// <param name="content">The exact bytes of the document.</param>
    /// <param name="type">What it must have been signed as.</param>
    /// <param name="key">The key; its fingerprint must be <see cref="KeyId"/>.</param>
    public bool Holds(ReadOnlySpan<byte> content, string type, PublicKey key) =>
        Type == type && KeyId == key.Id && key.Verify(Signed(_header, content), _signature);

    private static DetachedJws Read(string header, byte[] signature)
    {
        try
        {
            using var json = JsonDocument.Parse(Decode(header, "header"));
            string Member(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new FormatException($"the header has no text '{name}'");
            var id = Member("kid");
            return Member("alg") != "ES256" ? throw new FormatException($"the algorithm '{Member("alg")}' is not ES256")
                : !Digest.TryParse(id, out var keyId) ? throw new FormatException("the header's kid is not a fingerprint of 64 hexadecimal digits")
                : json.RootElement.TryGetProperty("crit", out _) ? throw new FormatException("the header has critical extensions, of which none is known")
                : new DetachedJws(header, signature, keyId, Member("typ"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("the header is not a JSON object", e);
        }
    }

    private static byte[] Decode(string text, string what)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException e)
        {
            throw new FormatException($"the {what} is not base64url", e);
        }
    }

    private static byte[] Signed(string header, ReadOnlySpan<byte> content) => Encoding.ASCII.GetBytes($"{header}.{Base64Url.EncodeToString(content)}");
}
