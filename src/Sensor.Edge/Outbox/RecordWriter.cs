using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Outbox;

/// <summary>Builds, signs and inserts one record inside the caller's transaction.</summary>
internal sealed class RecordWriter(StationConfiguration configuration, ISigner signer, StationClock clock)
{
    /// <summary>Takes the next number and inserts the record under it.</summary>
    /// <param name="connection">The writer, inside a transaction.</param>
    /// <param name="run">The run to which the record belongs.</param>
    /// <param name="previousRun">The end of the run before; only for the first record.</param>
    /// <param name="body">What the record says.</param>
    /// <exception cref="UnreadableRecordException">The body breaks the rules of the wire; nothing was inserted.</exception>
    public ChainEnd Insert(SqliteConnection connection, RunInfo run, PreviousRun? previousRun, RecordBody body)
    {
        var end = ChainEnd.Of(connection);
        var first = end.Position < run.First;
        var header = new RecordHeader
        {
            Version = StationRecord.CurrentVersion,
            Deployment = configuration.Deployment,
            Station = configuration.Station,
            Run = run.Id,
            Sequence = first ? 1 : end.Sequence + 1,
            Previous = first ? null : end.Digest,
            PreviousRun = first ? previousRun : null,
        };
        var envelope = Sign(header, body, ReceiptsSeen(connection));
        connection.Run(
            "INSERT INTO record (position, run, sequence, digest, envelope) VALUES ($0, $1, $2, $3, $4)",
            end.Position + 1, run.Number, header.Sequence, envelope.Digest.ToArray(), envelope.Bytes.ToArray());
        return new ChainEnd(end.Position + 1, header.Sequence, envelope.Digest);
    }

    /// <summary>Of the configured operators only: a record has room for sixteen, and the outbox remembers former ones too.</summary>
    private List<ReceiptSeen> ReceiptsSeen(SqliteConnection connection) =>
        [.. connection.Rows(r => new ReceiptSeen(r.GetString(0), new Digest(r.Bytes(1))), "SELECT operator, digest FROM seen ORDER BY operator")
            .Where(seen => configuration.Operators.Any(o => o.Id == seen.Operator))];

    private Envelope Sign(RecordHeader header, RecordBody body, List<ReceiptSeen> receipts)
    {
        var now = clock.Read();
        var record = new StationRecord
        {
            Header = header,
            Wall = now.Wall,
            BootMilliseconds = now.BootMilliseconds,
            Boot = now.Boot,
            Clock = now.State,
            Configuration = configuration.Digest,
            Receipts = receipts,
            Body = body,
        };
        try
        {
            return Envelope.Sign(ContentTypes.Record, RecordCodec.Encode(record), signer);
        }
        catch (ArgumentException e)
        {
            // A signed record cannot be taken back; the codec refuses what nobody could read.
            throw new UnreadableRecordException(e);
        }
    }
}

/// <summary>A driver gave something that the wire does not carry.</summary>
internal sealed class UnreadableRecordException(Exception cause) : Exception("the record would not be readable: " + cause.Message, cause);
