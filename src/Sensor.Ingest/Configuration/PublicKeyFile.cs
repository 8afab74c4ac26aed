using System.Security.Cryptography;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads the member <c>publicKeyFile</c>.</summary>
internal static class PublicKeyFile
{
    /// <summary>The PEM; what is wrong with the file becomes a problem of the member.</summary>
    public static string Read(StrictObject json, string folder, string expected)
    {
        var file = json.Text("publicKeyFile", expected: expected);
        try
        {
            if (file.Length > 0)
            {
                var pem = File.ReadAllText(Path.GetFullPath(Path.Combine(folder, file)));
                PublicKey.FromPem(pem).Dispose();
                return pem;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            json.Problem("publicKeyFile", $"{file} cannot be used: {e.Message.TrimEnd('.')}", "Give the PEM of a P-256 public key, as its owner gave it");
        }

        return "";
    }
}
