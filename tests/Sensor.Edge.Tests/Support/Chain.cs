using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Tests.Support;

/// <summary>Reads an outbox as a stranger would and checks everything that must hold.</summary>
internal static class Chain
{
    /// <summary>Every record in the order of the outbox; fails unless every signature, number and link holds.</summary>
    public static List<(StationRecord Record, Digest Digest)> Verified(string outboxFile, PublicKey key)
    {
        var records = new List<(StationRecord Record, Digest Digest)>();
        foreach (var bytes in Envelopes(outboxFile))
        {
            Assert.True(Envelope.TryParse(bytes, out var envelope, out var refusal), refusal?.Detail);
            Assert.Equal(ContentTypes.Record, envelope.ContentType);
            Assert.True(envelope.Verify(key));
            Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
            Assert.NotNull(decoded.Record);
            CheckLink(records.LastOrDefault(), decoded.Record);
            records.Add((decoded.Record, envelope.Digest));
        }

        return records;
    }

    /// <summary>What the records say, in their order.</summary>
    public static IEnumerable<RecordBody> Bodies(string outboxFile)
    {
        foreach (var bytes in Envelopes(outboxFile))
        {
            Assert.True(Envelope.TryParse(bytes, out var envelope, out _));
            Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
            yield return decoded.Record!.Body;
        }
    }

    /// <summary>What one instrument said, also in records that it shares with others.</summary>
    public static IReadOnlyList<ReadingsBody> ReadingsOf(IEnumerable<RecordBody> bodies, string instrument) =>
        [.. bodies.OfType<ReadingsBody>().Select(b => b with { Readings = [.. b.Readings.Where(r => r.Instrument == instrument)] }).Where(b => b.Readings.Count > 0)];

    public static List<byte[]> Envelopes(string outboxFile)
    {
        using var connection = new SqliteConnection($"Data Source={outboxFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT envelope FROM record ORDER BY position";
        using var reader = command.ExecuteReader();
        var envelopes = new List<byte[]>();
        while (reader.Read())
        {
            envelopes.Add(reader.GetFieldValue<byte[]>(0));
        }

        return envelopes;
    }

    /// <summary>How many records there are beside the boots, while another process may write.</summary>
    public static long CountWithoutBoots(string outboxFile) => Scalar(outboxFile, "SELECT (SELECT count(*) FROM record) - (SELECT count(*) FROM run)");

    public static long Count(string outboxFile) => Scalar(outboxFile, "SELECT count(*) FROM record");

    private static long Scalar(string outboxFile, string sql)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={outboxFile};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    private static void CheckLink((StationRecord Record, Digest Digest) before, StationRecord record)
    {
        if (record.Header.Sequence > 1)
        {
            Assert.Equal(before.Record.Header.Run, record.Header.Run);
            Assert.Equal(before.Record.Header.Sequence + 1, record.Header.Sequence);
            Assert.Equal(before.Digest, record.Header.Previous);
            return;
        }

        Assert.Equal(EventType.Boot, Assert.IsType<EventBody>(record.Body).Event.Type);
        Assert.Equal(before.Record is null ? null : new PreviousRun(before.Record.Header.Run, before.Record.Header.Sequence, before.Digest), record.Header.PreviousRun);
    }
}
