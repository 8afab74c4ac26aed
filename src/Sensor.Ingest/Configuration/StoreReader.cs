using Npgsql;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads and checks the member <c>store</c> without reaching a server.</summary>
internal static class StoreReader
{
    public static StoreConfiguration Read(StrictObject json, string folder)
    {
        var kind = json.Text("kind", text => text is "sqlite" or "postgres", "sqlite or postgres");
        StoreConfiguration store = kind == "postgres" ? ReadPostgres(json, folder) : new SqliteStore();
        json.End();
        return store;
    }

    private static PostgresStore ReadPostgres(StrictObject json, string folder)
    {
        var connection = json.Text("connection", expected: "a connection string such as Host=db;Database=waterwatch;Username=ingest");
        if (connection.Length > 0)
        {
            Check(json, connection);
        }

        var file = json.OptionalText("passwordFile") is { } name ? Path.GetFullPath(Path.Combine(folder, name)) : null;
        if (file is not null && !File.Exists(file))
        {
            json.Problem("passwordFile", $"the file {file} does not exist", "Write the password into it, readable only for the service");
        }

        return new PostgresStore { Connection = connection, PasswordFile = file };
    }

    private static void Check(StrictObject json, string connection)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connection);
            if (!string.IsNullOrEmpty(parsed.Password))
            {
                json.Problem("connection", "contains the password", "Put it into a file that only the service may read, and name that as passwordFile");
            }

            if (string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database))
            {
                json.Problem("connection", "names no host or no database", "Add Host=...; and Database=...;");
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            json.Problem("connection", "is no connection string: " + e.Message.TrimEnd('.'), "Give one such as Host=db;Database=waterwatch;Username=ingest");
        }
    }
}
