using System.Text.Json;
using Sensor.Contracts.Documents;

namespace Sensor.Contracts.Evidence;

/// <summary>A consistency proof as a file: that a log at one size is the beginning of the same log at a larger one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Origin">The log.</param>
/// <param name="From">The smaller size.</param>
/// <param name="To">The larger size.</param>
/// <param name="Hashes">The hashes of RFC 9162 section 2.1.4.1.</param>
public sealed record ConsistencyProof(LogOrigin Origin, long From, long To, IReadOnlyList<Digest> Hashes)
{
    private const string Format = "waterwatch/consistency/1";

    /// <summary>Reads a proof.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="utf8">Its bytes.</param>
    /// <exception cref="DocumentException">The document has mistakes; all of them are in the exception.</exception>
    public static ConsistencyProof Read(string name, ReadOnlyMemory<byte> utf8) => StrictDocument.Read(name, utf8, json =>
    {
        json.Word("format", [Format]);
        var origin = json.Text("log", text => LogOrigin.TryParse(text, out _), "DEPLOYMENT/OPERATOR/LOG");
        return new ConsistencyProof(
            LogOrigin.TryParse(origin, out var log) ? log : null!,
            json.Whole("from", 0, long.MaxValue),
            json.Whole("to", 0, long.MaxValue),
            [.. json.Texts("hashes", 0, Digest.IsWritten, "64 lower-case hexadecimal digits").Where(Digest.IsWritten).Select(Digest.Parse)]);
    });

    /// <summary>The proof as JSON.</summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("log", Origin.ToString());
            json.WriteNumber("from", From);
            json.WriteNumber("to", To);
            json.WriteStartArray("hashes");
            foreach (var hash in Hashes)
            {
                json.WriteStringValue(hash.ToString());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Whether it leads from one checkpoint to a later one of the same log.</summary>
    public bool Holds(Checkpoint from, Checkpoint to) => (from.Origin, from.Size) == (Origin, From) && (to.Origin, to.Size) == (Origin, To)
        && MerkleTree.Extends(from.Size, from.Root, to.Size, to.Root, Hashes);
}
