using System.Buffers.Text;
using System.Text;
using Sensor.Contracts.Keys;

namespace Sensor.Ingest.Windows;

/// <summary>A detached JSON Web Signature (RFC 7515 appendix F) with ES256 over the exact bytes of an outcome.</summary>
internal static class DetachedJws
{
    /// <summary>Signs bytes that travel beside the signature.</summary>
    /// <param name="type">The <c>typ</c>, see <see cref="Contracts.Wire.ContentTypes"/>.</param>
    /// <param name="content">The exact bytes.</param>
    /// <param name="signer">Signs; the <c>kid</c> is its fingerprint.</param>
    /// <returns>The protected header, nothing, and the signature, separated by points.</returns>
    public static string Sign(string type, ReadOnlySpan<byte> content, ISigner signer)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{signer.Public.Id}}","typ":"{{type}}"}"""));
        var signature = signer.Sign(Encoding.ASCII.GetBytes($"{header}.{Base64Url.EncodeToString(content)}"));
        return $"{header}..{Base64Url.EncodeToString(signature)}";
    }
}
