using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads an item of <c>peers</c>; opens no connection.</summary>
internal static class PeerReader
{
    /// <summary>Reads one.</summary>
    /// <param name="json">The item.</param>
    /// <param name="self">The id of this operator.</param>
    /// <param name="folder">The folder of the configuration.</param>
    public static PeerConfiguration Read(StrictObject json, string self, string folder)
    {
        var id = json.Text("operator", Names.IsLowerId, "the id under which the other operator signs");
        var address = json.Text("url", WebAddress.IsOne, "an address such as https://ingest.example");
        var peer = new PeerConfiguration
        {
            Operator = id,
            Url = WebAddress.IsOne(address) ? new Uri(address) : new Uri("http://0.0.0.0"),
            PublicKeyPem = PublicKeyFile.Read(json, folder, "the file of the other operator's public key"),
            Every = TimeSpan.FromSeconds(json.Whole("everySeconds", 1, 86_400, 60)),
            UnansweredAfterDays = json.Has("unansweredAfterDays") ? (int)json.Whole("unansweredAfterDays", 1, 3_660, 0) : null,
        };
        if (id == self)
        {
            json.Problem("operator", $"is this operator itself, {self}", "Name the other one, or remove the item");
        }

        json.End();
        return peer;
    }
}
