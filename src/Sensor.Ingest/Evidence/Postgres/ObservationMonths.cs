using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>Makes the monthly partitions of observations (UTC) as they are needed.</summary>
/// <remarks>For one transaction after another; whoever had one fail makes another of these. One thread at a time.</remarks>
internal sealed class ObservationMonths(ISqlDatabase database) : IObservationPartitions
{
    // A station whose clock is wild must not make thousands of tables.
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly HashSet<DateTimeOffset> _made = [];

    public void Ensure(Instant instant)
    {
        if (instant.UnixMilliseconds < Earliest.ToUnixTimeMilliseconds() || instant.UnixMilliseconds >= Latest.ToUnixTimeMilliseconds())
        {
            return;
        }

        var moment = DateTimeOffset.FromUnixTimeMilliseconds(instant.UnixMilliseconds);
        var month = new DateTimeOffset(moment.Year, moment.Month, 1, 0, 0, 0, TimeSpan.Zero);
        if (_made.Add(month) && database.Query("SELECT 1 FROM pg_class WHERE oid = to_regclass($1)", _ => true, Name(month)).Count == 0)
        {
            database.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"CREATE TABLE {Name(month)} PARTITION OF observation FOR VALUES FROM ({month.ToUnixTimeMilliseconds()}) TO ({month.AddMonths(1).ToUnixTimeMilliseconds()})"));
        }
    }

    private static string Name(DateTimeOffset month) => string.Create(CultureInfo.InvariantCulture, $"observation_{month:yyyy_MM}");
}
