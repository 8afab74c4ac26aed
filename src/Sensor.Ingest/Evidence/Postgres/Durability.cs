namespace Sensor.Ingest.Evidence.Postgres;

/// <summary>Demands the settings on which durability rests: the server may have them otherwise, and nobody would see it until the power fails.</summary>
internal static class Durability
{
    private static readonly (string Setting, string[] Good, string Remedy)[] Settings =
    [
        ("fsync", ["on"], "Set fsync = on in postgresql.conf and restart the server"),
        ("full_page_writes", ["on"], "Set full_page_writes = on in postgresql.conf and reload the server"),
        ("synchronous_commit", ["on", "remote_apply"], "Remove what sets synchronous_commit for this user or database"),
        ("server_encoding", ["UTF8"], "Create the database with ENCODING 'UTF8'"),
    ];

    /// <exception cref="IOException">A setting is not as it must be.</exception>
    public static void Demand(ISqlDatabase database)
    {
        foreach (var (setting, good, remedy) in Settings)
        {
            var actual = database.Query("SELECT current_setting($1)", row => row.GetString(0), setting)[0];
            if (!good.Contains(actual, StringComparer.Ordinal))
            {
                throw new IOException($"{database.Place} keeps {setting} at '{actual}' instead of '{good[0]}'. {remedy}.");
            }
        }
    }
}
