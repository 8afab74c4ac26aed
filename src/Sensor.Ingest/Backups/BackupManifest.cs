using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Backups;

/// <summary>What a backup holds; it is written last, so that a backup without it was not finished.</summary>
/// <param name="Deployment">The deployment of the store.</param>
/// <param name="Operator">The operator of the store.</param>
/// <param name="Time">When the evidence was copied, by the clock of the machine.</param>
/// <param name="Log">The evidence log in the copy.</param>
/// <param name="Files">Every other file of the backup.</param>
internal sealed record BackupManifest(string Deployment, string Operator, Instant Time, LogCheckpoint Log, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The name of the file in a backup.</summary>
    public const string FileName = "manifest.json";

    private const string Format = "waterwatch-ingest-backup/1";

    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="DocumentException">There is none, or it has mistakes.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return StrictDocument.Read(path, File.Exists(path) ? File.ReadAllBytes(path) : throw Missing(path), Read);
    }

    /// <summary>The manifest as JSON.</summary>
    public string ToJson() => new JsonObject
    {
        ["format"] = Format,
        ["deployment"] = Deployment,
        ["operator"] = Operator,
        ["time"] = Time.ToString(),
        ["logSize"] = Log.Size,
        ["logRoot"] = Log.Root.ToString(),
        ["files"] = new JsonArray([.. Files.Select(file => new JsonObject { ["name"] = file.Name, ["bytes"] = file.Bytes, ["sha256"] = file.Sha256.ToString() })]),
    }.ToJsonString(Plain) + "\n";

    private static BackupManifest Read(StrictObject json)
    {
        json.Word("format", [Format]);
        return new BackupManifest(
            json.Text("deployment", Names.IsLowerId),
            json.Text("operator", Names.IsLowerId),
            json.Text("time", text => Instant.TryParse(text, out _), "a moment") is var time && Instant.TryParse(time, out var moment) ? moment : default,
            new LogCheckpoint(json.Whole("logSize", 0, long.MaxValue), DigestOf(json, "logRoot")),
            [.. json.Children("files", least: 1).Select(file => new BackupFile(file.Text("name", BackupFile.IsName, "a file of a backup"), file.Whole("bytes", 0, long.MaxValue), DigestOf(file, "sha256")))]);
    }

    private static Digest DigestOf(StrictObject json, string member) =>
        json.Text(member, Digest.IsWritten, "64 lower-case hexadecimal digits") is var text && Digest.IsWritten(text) ? Digest.Parse(text) : default;

    private static DocumentException Missing(string path) =>
        new(path, [new DocumentProblem("", "is not there", "Give with --from the folder that 'waterwatch-ingest backup' made and finished")]);
}
