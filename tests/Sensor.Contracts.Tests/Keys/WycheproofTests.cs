using System.Text;
using System.Text.Json.Nodes;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Tests.Wire;

namespace Sensor.Contracts.Tests.Keys;

/// <summary>C2SP/wycheproof, ecdsa_secp256r1_sha256_p1363: every signature is accepted or not as published; none of them is "acceptable".</summary>
public sealed class WycheproofTests
{
    [Fact]
    public void Verify_EveryPublishedCase_AgreesWithItsResult()
    {
        var document = JsonNode.Parse(Encoding.UTF8.GetString(Samples.Bytes("vectors/ecdsa_secp256r1_sha256_p1363.json")))!;
        var disagreements = new List<string>();
        var count = 0;
        foreach (var group in document["groups"]!.AsArray())
        {
            using var key = PublicKey.FromSubjectPublicKeyInfo(Convert.FromHexString((string)group!["publicKeyDer"]!));
            foreach (var test in group["tests"]!.AsArray())
            {
                count++;
                var holds = key.Verify(Convert.FromHexString((string)test![2]!), Convert.FromHexString((string)test[3]!));
                if (holds != ((string)test[1]! == "valid"))
                {
                    disagreements.Add($"{test[0]} {test[1]}: {test[4]}");
                }
            }
        }

        Assert.Equal((int)document["numberOfTests"]!, count);
        Assert.Empty(disagreements);
    }
}
