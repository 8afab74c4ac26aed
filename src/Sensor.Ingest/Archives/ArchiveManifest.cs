using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Evidence;

namespace Sensor.Ingest.Archives;

/// <summary>What an archive file holds. It is written after the file, so that a file without it was not finished; then neither is ever changed.</summary>
/// <param name="Deployment">The deployment of the log.</param>
/// <param name="Operator">The operator of the log.</param>
/// <param name="First">The index of the first entry.</param>
/// <param name="Count">The number of entries, at least one.</param>
/// <param name="Bytes">The length of the file.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
/// <param name="Peaks">The peaks of the log's tree at the size <paramref name="First"/>, with which its root can be continued.</param>
/// <param name="Root">The root of the log behind the last entry.</param>
internal sealed record ArchiveManifest(string Deployment, string Operator, long First, long Count, long Bytes, Digest Sha256, IReadOnlyList<Digest> Peaks, Digest Root)
{
    private const string Format = "waterwatch-archive/1";

    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The index behind the last entry.</summary>
    public long Next => First + Count;

    /// <summary>The name of the file that it describes.</summary>
    public string File => NameOf(Operator, First);

    /// <summary>The name of the file that begins with an entry.</summary>
    public static string NameOf(string operatorId, long first) => string.Create(CultureInfo.InvariantCulture, $"evidence-{operatorId}-{first:D12}.cbor");

    /// <summary>The name of the manifest of a file.</summary>
    public static string ManifestOf(string file) => Path.ChangeExtension(file, ".json");

    /// <summary>The log's tree before the first entry.</summary>
    public MerkleFrontier Before() => new(First, Peaks);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="DocumentException">It cannot be read or has mistakes.</exception>
    public static ArchiveManifest Read(string path) => StrictDocument.Read(path, System.IO.File.ReadAllBytes(path), Read);

    /// <summary>The manifest as JSON.</summary>
    public string ToJson() => new JsonObject
    {
        ["format"] = Format,
        ["deployment"] = Deployment,
        ["operator"] = Operator,
        ["file"] = File,
        ["first"] = First,
        ["count"] = Count,
        ["bytes"] = Bytes,
        ["sha256"] = Sha256.ToString(),
        ["peaks"] = new JsonArray([.. Peaks.Select(peak => JsonValue.Create(peak.ToString()))]),
        ["root"] = Root.ToString(),
    }.ToJsonString(Plain) + "\n";

    private static ArchiveManifest Read(StrictObject json)
    {
        json.Word("format", [Format]);
        var manifest = new ArchiveManifest(
            json.Text("deployment", Names.IsLowerId),
            json.Text("operator", Names.IsLowerId),
            json.Whole("first", 0, long.MaxValue / 2),
            json.Whole("count", 1, int.MaxValue),
            json.Whole("bytes", 1, long.MaxValue),
            DigestOf(json, "sha256"),
            [.. json.Texts("peaks", rule: Digest.IsWritten, expected: "64 lower-case hexadecimal digits").Where(Digest.IsWritten).Select(Digest.Parse)],
            DigestOf(json, "root"));
        json.Text("file", name => name == manifest.File, manifest.File);
        if (manifest.Peaks.Count != long.PopCount(manifest.First))
        {
            json.Problem("peaks", $"has {manifest.Peaks.Count} peaks for {manifest.First} entries", $"Take the manifest from another copy; {long.PopCount(manifest.First)} are needed");
        }

        json.End();
        return manifest;
    }

    private static Digest DigestOf(StrictObject json, string member) =>
        json.Text(member, Digest.IsWritten, "64 lower-case hexadecimal digits") is var text && Digest.IsWritten(text) ? Digest.Parse(text) : default;
}
