using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Checkpoints;

/// <summary>The receipts that were seen, of this operator and of others, by their digests.</summary>
/// <remarks>Thread-safe. Who keeps one has verified its signature.</remarks>
internal sealed class ReceiptStore(ISqlDatabase database)
{
    /// <summary>Keeps receipts; what is there already is not kept twice.</summary>
    /// <exception cref="FormatException">One is no receipt.</exception>
    public void Keep(IEnumerable<Envelope> envelopes) => database.Transaction(() =>
    {
        foreach (var envelope in envelopes)
        {
            var receipt = Read(envelope);
            database.Execute(
                "INSERT INTO receipt(digest, operator, station, size, root, envelope) VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                envelope.Digest.ToArray(), receipt.Operator, receipt.Station, receipt.LogSize, receipt.LogRoot.ToArray(), envelope.Bytes.ToArray());
        }

        return true;
    });

    /// <summary>A receipt by its digest; null where it was not kept.</summary>
    public Envelope? Find(Digest digest) => database.Query("SELECT envelope FROM receipt WHERE digest = $1", row => Parse(row.Bytes(0)), digest.ToArray()).FirstOrDefault();

    /// <summary>Every receipt of an operator, by the size of the log that it states.</summary>
    public IReadOnlyList<Envelope> Of(string operatorId) => database.Query("SELECT envelope FROM receipt WHERE operator = $1 ORDER BY size, digest", row => Parse(row.Bytes(0)), operatorId);

    /// <summary>The operators of whom receipts were kept.</summary>
    public IReadOnlyList<string> Operators() => database.Query("SELECT DISTINCT operator FROM receipt ORDER BY operator", row => row.GetString(0));

    /// <summary>What a receipt says.</summary>
    /// <exception cref="FormatException">It is no receipt.</exception>
    public static Receipt Read(Envelope envelope) => ReceiptCodec.TryDecode(envelope.Payload, out var receipt, out var refusal) ? receipt : throw new FormatException(refusal.Detail);

    private static Envelope Parse(byte[] bytes) => Envelope.TryParse(bytes, out var envelope, out var refusal) ? envelope : throw new FormatException(refusal.Detail);
}
