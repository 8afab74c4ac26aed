using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Evidence;

namespace Sensor.Compliance.Bundles;

/// <summary>Where the records of a bundle stand in the operator's evidence log, and the hashes that show it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Size">The number of records of the log when the bundle was made.</param>
/// <param name="Root">The root of the log at that size.</param>
/// <param name="Indices">The place of each record of the bundle in the log, in the order of the bundle.</param>
/// <param name="Hashes">The hashes of <see cref="MerkleInclusion"/>.</param>
public sealed record BundleInclusion(long Size, Digest Root, IReadOnlyList<long> Indices, IReadOnlyList<Digest> Hashes)
{
    /// <summary>The member in the form of RFC 8785.</summary>
    public byte[] ToBytes() => CanonicalJson.Write(new JsonObject
    {
        { "size", Size },
        { "root", Root.ToString() },
        { "indices", JsonList.Of(Indices, i => i) },
        { "hashes", JsonList.Of(Hashes, h => h.ToString()) },
    });

    /// <summary>Reads the member.</summary>
    /// <exception cref="DocumentException">It is not exactly what <see cref="ToBytes"/> writes of its content.</exception>
    public static BundleInclusion Read(ReadOnlySpan<byte> utf8)
    {
        var problems = new List<DocumentProblem>();
        var json = ItemReader.Of(JsonItemReader.Read(BundleNames.Inclusion, utf8), "", problems);
        var inclusion = new BundleInclusion(
            json.Whole("size"),
            BundleManifest.ReadDigest(json, "root", problems),
            [.. Items(json, "indices").OfType<JsonWhole>().Select(i => i.Value)],
            [.. Items(json, "hashes").OfType<JsonText>().Where(h => Digest.IsWritten(h.Value)).Select(h => Digest.Parse(h.Value))]);
        if (problems.Count == 0 && !inclusion.ToBytes().AsSpan().SequenceEqual(utf8))
        {
            problems.Add(new DocumentProblem("", "is not in the form of RFC 8785, or has members or values that do not belong there", "Ask the operator for the bundle again"));
        }

        return problems.Count == 0 ? inclusion : throw new DocumentException(BundleNames.Inclusion, problems);
    }

    /// <summary>The roots of the log at some smaller sizes, where it holds the records at these places and comes to the root that is stated; else null.</summary>
    /// <param name="records">The digests of the records in the order of the bundle.</param>
    /// <param name="sizes">The sizes, ascending without repeats, above 0 and below <see cref="Size"/>.</param>
    public IReadOnlyList<Digest>? RootsAt(IReadOnlyList<Digest> records, IReadOnlyList<long> sizes)
    {
        var roots = records.Count == Indices.Count ? MerkleInclusion.Roots(Size, [.. Indices.Zip(records).OrderBy(r => r.First)], sizes, Hashes) : null;
        return roots is not null && roots[0] == Root ? [.. roots.Skip(1)] : null;
    }

    private static IReadOnlyList<JsonItem> Items(ItemReader json, string member) => json.Json.Find(member) is JsonList list ? list.Items : [];
}
