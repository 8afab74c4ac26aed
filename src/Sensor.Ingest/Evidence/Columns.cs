using System.Data.Common;
using Sensor.Contracts;

namespace Sensor.Ingest.Evidence;

/// <summary>Reads our nouns from columns.</summary>
internal static class Columns
{
    public static Digest Digest(this DbDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));

    public static Digest? OptionalDigest(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Digest(column);

    public static LifeId Life(this DbDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));

    public static Instant Instant(this DbDataReader row, int column) => new(row.GetInt64(column));

    public static string? OptionalText(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? OptionalNumber(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static byte[] Bytes(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
