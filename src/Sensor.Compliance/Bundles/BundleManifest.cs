using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Bundles;

/// <summary>What a bundle is about, whose keys vouch for it, and the digest of every other member. The operator signs it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BundleManifest
{
    /// <summary>The value of the member <c>format</c>.</summary>
    public const string Format = "waterwatch/bundle/1";

    /// <summary>The deployment to which the records belong.</summary>
    public required string Deployment { get; init; }

    /// <summary>The operator who made the bundle.</summary>
    public required string Operator { get; init; }

    /// <summary>The fingerprint of the key with which the operator signed manifest and outcome.</summary>
    public required Digest OperatorKey { get; init; }

    /// <summary>The agreement's id.</summary>
    public required string Agreement { get; init; }

    /// <summary>The section.</summary>
    public required string Section { get; init; }

    /// <summary>The window's name.</summary>
    public required string Window { get; init; }

    /// <summary>The keys of the parties that signed determinations, by party; empty where there are none.</summary>
    public required IReadOnlyDictionary<string, Digest> Parties { get; init; }

    /// <summary>Every member but the manifest and its signature, in the order of the file.</summary>
    public required IReadOnlyList<ManifestEntry> Members { get; init; }

    /// <summary>The manifest in the form of RFC 8785.</summary>
    public byte[] ToBytes()
    {
        var parties = new JsonObject();
        foreach (var (party, key) in Parties)
        {
            parties.Add(party, key.ToString());
        }

        return CanonicalJson.Write(new JsonObject
        {
            { "format", Format },
            { "deployment", Deployment },
            { "operator", new JsonObject { { "id", Operator }, { "key", OperatorKey.ToString() } } },
            { "agreement", Agreement },
            { "section", Section },
            { "window", Window },
            { "parties", parties },
            { "members", JsonList.Of(Members, m => new JsonObject { { "name", m.Name }, { "bytes", m.Bytes }, { "sha256", m.Digest.ToString() } }) },
        });
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="DocumentException">It is not exactly what <see cref="ToBytes"/> writes of its content.</exception>
    public static BundleManifest Read(ReadOnlySpan<byte> utf8)
    {
        const string Name = "manifest.json";
        var problems = new List<DocumentProblem>();
        var manifest = Read(ItemReader.Of(JsonItemReader.Read(Name, utf8), "", problems), problems);
        if (problems.Count == 0 && !manifest.ToBytes().AsSpan().SequenceEqual(utf8))
        {
            problems.Add(new DocumentProblem("", "is not in the form of RFC 8785, or has members that no manifest has", "Ask the operator for the bundle again"));
        }

        return problems.Count == 0 ? manifest : throw new DocumentException(Name, problems);
    }

    private static BundleManifest Read(ItemReader json, List<DocumentProblem> problems)
    {
        json.Word("format", Format);
        var (signer, parties) = (json.Child("operator"), json.Child("parties"));
        return new BundleManifest
        {
            Deployment = json.Text("deployment"),
            Operator = signer.Text("id"),
            OperatorKey = ReadDigest(signer, "key", problems),
            Agreement = json.Text("agreement"),
            Section = json.Text("section"),
            Window = json.Text("window"),
            Parties = parties.Json.ToDictionary(p => p.Key, p => ReadDigest(parties, p.Key, problems), StringComparer.Ordinal),
            Members = [.. json.Children("members").Select(m => new ManifestEntry(m.Text("name"), m.Whole("bytes"), ReadDigest(m, "sha256", problems)))],
        };
    }

    internal static Digest ReadDigest(ItemReader json, string member, List<DocumentProblem> problems)
    {
        var text = json.Text(member);
        if (Digest.IsWritten(text))
        {
            return Digest.Parse(text);
        }

        problems.Add(new DocumentProblem(member, "is not a SHA-256", "Give 64 lower-case hexadecimal digits"));
        return default;
    }
}

/// <summary>A member as the manifest lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Digest">Its SHA-256.</param>
public sealed record ManifestEntry(string Name, long Bytes, Digest Digest);
