using Microsoft.Data.Sqlite;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Outbox;

/// <summary>Opens the file of an outbox for its one writer, also where it has to go on from a damaged one.</summary>
internal static class OutboxOpening
{
    /// <summary>The outbox as it is or, when it is damaged, what of it is whole, and what was salvaged, in words.</summary>
    /// <exception cref="EdgeException">It belongs to another station or key, or cannot be opened.</exception>
    public static (SqliteConnection Writer, string? Salvaged) Whole(StationConfiguration configuration, ISigner signer, StationClock clock, Synchronisation synchronisation)
    {
        var salvage = new Salvage(configuration.OutboxFile, signer.Public);
        try
        {
            salvage.Finish();
            return (Checked(configuration, signer, synchronisation), null);
        }
        catch (EdgeException e) when (e.DamagedOutbox)
        {
            var salvaged = OutboxDatabase.Guarded(configuration.OutboxFile, () => salvage.Run(e.Message, clock.Time.GetUtcNow()));
            return (Checked(configuration, signer, synchronisation), salvaged);
        }
    }

    private static SqliteConnection Checked(StationConfiguration configuration, ISigner signer, Synchronisation synchronisation)
    {
        var writer = OutboxDatabase.OpenWriter(configuration.OutboxFile, synchronisation);
        try
        {
            OutboxIdentity.Check(writer, configuration, signer);
            return writer;
        }
        catch (Exception e)
        {
            writer.Dispose();
            throw e is SqliteException sqlite ? OutboxDatabase.Explain(configuration.OutboxFile, sqlite) : e;
        }
    }
}
