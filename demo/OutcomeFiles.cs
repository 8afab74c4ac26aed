using System.Text;
using System.Text.Json;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Windows;

namespace WaterWatch.Demo;

/// <summary>Writes outcomes for other programs: the exact canonical bytes of each in one JSON array, and the signatures in a file beside it.</summary>
internal static class OutcomeFiles
{
    /// <summary>The file of the signatures that stands beside a file of outcomes.</summary>
    public static string SignaturesOf(FileInfo file) => Path.ChangeExtension(file.FullName, ".signatures.json");

    /// <summary>Writes both files.</summary>
    public static void Write(FileInfo file, IReadOnlyList<IssuedOutcome> outcomes, PublicKey operatorKey)
    {
        using (var stream = file.Create())
        {
            stream.WriteByte((byte)'[');
            for (var i = 0; i < outcomes.Count; i++)
            {
                stream.Write(i == 0 ? "\n"u8 : ",\n"u8);
                stream.Write(outcomes[i].Document);
            }

            stream.Write("\n]\n"u8);
        }

        var signatures = new
        {
            keyId = operatorKey.Id.ToString(),
            publicKey = operatorKey.Pem,
            outcomes = outcomes.Select(o => new { digest = o.Digest.ToString(), verdictDigest = o.VerdictDigest.ToString(), jws = o.Jws }),
        };
        File.WriteAllText(SignaturesOf(file), JsonSerializer.Serialize(signatures, JsonSerializerOptions.Web), new UTF8Encoding(false));
    }
}
