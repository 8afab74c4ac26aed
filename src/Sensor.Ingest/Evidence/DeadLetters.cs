namespace Sensor.Ingest.Evidence;

/// <summary>The last refused messages with their reasons, for a person to look at; the oldest make room.</summary>
internal sealed class DeadLetters(ISqlDatabase database)
{
    /// <summary>The most letters kept.</summary>
    public const int Most = 1000;

    /// <summary>The most bytes kept of one letter.</summary>
    public const int MostBytes = 65_536;

    /// <summary>Keeps a letter.</summary>
    public void Add(RefusedArrival refused, long now)
    {
        var bytes = refused.Bytes[..Math.Min(refused.Bytes.Length, MostBytes)].ToArray();
        database.Execute(
            "INSERT INTO dead_letter(reason, detail, topic, size, bytes, received_at) VALUES($1, $2, $3, $4, $5, $6)",
            refused.Reason, refused.Detail, refused.Topic, refused.Bytes.Length, bytes, now);
        database.Execute("DELETE FROM dead_letter WHERE id <= (SELECT max(id) FROM dead_letter) - $1", Most);
    }
}
