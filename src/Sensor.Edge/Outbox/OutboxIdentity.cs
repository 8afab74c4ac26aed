using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Commands;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Outbox;

/// <summary>Whether an outbox belongs to this station and key, and whether its end is what the station signed.</summary>
internal static class OutboxIdentity
{
    /// <exception cref="EdgeException">It does not, or it is not.</exception>
    public static void Check(SqliteConnection connection, StationConfiguration configuration, ISigner signer)
    {
        var file = configuration.OutboxFile;
        var owner = connection.Rows(r => (Deployment: r.GetString(0), Station: r.GetString(1), Key: new Digest(r.Bytes(2))), "SELECT deployment, station, key FROM station");
        if (owner is not [var (deployment, station, key)])
        {
            connection.Run("INSERT INTO station (one, deployment, station, key) VALUES (1, $0, $1, $2)", configuration.Deployment, configuration.Station, signer.Public.Id.ToArray());
            return;
        }

        if (deployment != configuration.Deployment || station != configuration.Station)
        {
            throw new EdgeException(ExitCodes.Outbox, $"The outbox {file} belongs to station {station} of deployment {deployment}, not to {configuration.Station} of {configuration.Deployment}. Correct the configuration or give this station its own dataDirectory.");
        }

        if (key != signer.Public.Id)
        {
            throw new EdgeException(ExitCodes.Key, $"The outbox {file} was signed with key {key}, but {configuration.KeyFile} holds key {signer.Public.Id}. Put the old key file back; for a new key, start a new outbox and enrol the key with the operators.");
        }

        CheckEnd(connection, file, signer.Public);
    }

    private static void CheckEnd(SqliteConnection connection, string file, PublicKey key)
    {
        var last = RunInfo.All(connection).LastOrDefault();
        if (last is { Orderly: false })
        {
            OutboxDatabase.CheckWhole(connection, file);
        }

        var end = ChainEnd.Of(connection);
        var bytes = (byte[]?)connection.Scalar("SELECT envelope FROM record WHERE position = $0", end.Position);
        var known = (long)connection.Scalar("SELECT count(*) FROM record")!;
        var holds = bytes is null ? last is null : last is not null
            && known + RemovedRecords.Load(connection).Positions.Count == end.Position
            && Envelope.TryParse(bytes, out var envelope, out _)
            && envelope.Digest == end.Digest
            && envelope.Verify(key)
            && RecordCodec.TryDecode(envelope.Payload, out var record, out _)
            && record.Header.Run == last.Id && record.Header.Sequence == end.Sequence && last.PositionOf(end.Sequence) == end.Position;
        if (!holds)
        {
            throw OutboxDatabase.Damaged(file, "its last record is not what this station signed, or records are missing", null);
        }
    }
}
