using Npgsql;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>The connection string as every session uses it.</summary>
internal static class PostgresSettings
{
    // A sequencer whose machine froze inside a transaction would keep the row of the term, and with it everybody, for as long as it is frozen.
    private const string Session = "-c synchronous_commit=on -c idle_in_transaction_session_timeout=15000 -c client_min_messages=warning";

    /// <summary>Adds the password and the settings of our sessions.</summary>
    /// <exception cref="IOException">The password file cannot be read.</exception>
    public static string ConnectionString(PostgresStore store)
    {
        var text = new NpgsqlConnectionStringBuilder(store.Connection)
        {
            Pooling = false,
            Enlist = false,
            KeepAlive = 10,
            MaxAutoPrepare = 100,
            ApplicationName = "waterwatch-ingest",
        };
        text.Options = $"{text.Options} {Session}".Trim();
        if (store.PasswordFile is { } file)
        {
            text.Password = File.ReadAllText(file).TrimEnd('\r', '\n');
        }

        return text.ToString();
    }
}
