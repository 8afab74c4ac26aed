using System.Text.Json.Nodes;
using Sensor.Contracts.Keys;
using WaterWatch.Testing;

namespace Sensor.Contracts.Tests.Wire;

/// <summary>The files under tests/cases/wire.</summary>
internal static class Samples
{
    public static readonly string Folder = Repository.PathOf("tests/cases/wire");

    public static readonly string KeyFiles = Path.Combine(Folder, "v1", "station.pub.pem") + "," + Path.Combine(Folder, "v1", "operator.pub.pem");

    public static IReadOnlyDictionary<Digest, PublicKey> Keys { get; } = KeyFiles.Split(',')
        .Select(file => PublicKey.FromPem(File.ReadAllText(file)))
        .ToDictionary(key => key.Id);

    public static IReadOnlyList<string> V1 { get; } = Names("v1", "*.cbor*");

    public static IReadOnlyList<string> Refused { get; } = Names("refused", "*.cbor");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static JsonNode Json(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, Path.ChangeExtension(name, ".json"))))!;

    private static string[] Names(string folder, string pattern) =>
        [.. Directory.GetFiles(Path.Combine(Folder, folder), pattern).Select(file => folder + "/" + Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
