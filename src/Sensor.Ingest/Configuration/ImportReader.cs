using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads the member <c>imports</c> of the configuration.</summary>
internal static class ImportReader
{
    private const string Hj212 = "hj212";
    private const string MqttJson = "mqtt-json";

    /// <param name="json">The configuration.</param>
    /// <param name="operatorId">The operator's id, from which client ids are made.</param>
    /// <param name="folder">The folder from which relative paths count.</param>
    public static IReadOnlyList<ImportConfiguration> ReadAll(StrictObject json, string operatorId, string folder)
    {
        List<ImportConfiguration> imports = [.. json.Children("imports").Select(import => Read(import, operatorId, folder))];
        ImportMembers.Once(json, "imports", "the port", imports.OfType<Hj212ImportConfiguration>().Select(i => $"{i.Address}:{i.Port}"));
        ImportMembers.Once(json, "imports", "the client id", imports.OfType<JsonImportConfiguration>().Select(i => $"{i.Connect.ClientId} at {i.Connect.Host}:{i.Connect.Port}"));
        ImportMembers.Once(json, "imports", "the station", imports.SelectMany(i => i.StationIds));
        return imports;
    }

    private static ImportConfiguration Read(StrictObject json, string operatorId, string folder) =>
        json.Word("kind", [Hj212, MqttJson]) == MqttJson ? JsonImportReader.Read(json, operatorId, folder) : Hj212ImportReader.Read(json);
}
