using System.Text;
using System.Text.Json.Nodes;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Configuration;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Support;

/// <summary>Settings and messages of tests/cases/mqtt-json.</summary>
internal static class JsonSettings
{
    private static readonly JsonNode Cases = JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests/cases/mqtt-json/messages.json")))!;

    public static JsonMessageConfiguration Of(string name) => StrictDocument.Read(name, Encoding.UTF8.GetBytes(Cases["settings"]![name]!.ToJsonString()), JsonMessageReader.Read);

    public static IEnumerable<(string Settings, string Message, IReadOnlyList<string> Expected)> In(string list, string expected) =>
        from one in Cases[list]!.AsArray()
        select ((string)one["settings"]!, (string)one["message"]!, (IReadOnlyList<string>)[.. one[expected]!.AsArray().Select(e => (string)e!)]);
}
