using Microsoft.Data.Sqlite;
using Sensor.Contracts;

namespace Sensor.Edge.Outbox;

/// <summary>When the clock was last synchronised, as the records of the outbox say.</summary>
internal static class LastSynchronised
{
    /// <summary>A station that was not synchronised for so many records has no younger floor than the software's.</summary>
    private const int Furthest = 10_000;

    /// <summary>The wall clock of the last record whose clock was synchronised; null where none of the last ones was.</summary>
    public static Instant? In(SqliteConnection connection)
    {
        var end = ChainEnd.Of(connection).Position;
        for (var position = end; position > 0 && position > end - Furthest; position--)
        {
            if (connection.Scalar("SELECT envelope FROM record WHERE position = $0", position) is byte[] envelope && KeptRecord.Of(envelope) is { Clock.Status: ClockStatus.Synchronised, Wall: var wall })
            {
                return wall;
            }
        }

        return null;
    }
}
