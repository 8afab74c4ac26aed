using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads the member <c>influx</c>; opens no connection.</summary>
internal static class InfluxConfigurationReader
{
    public static InfluxConfiguration Read(StrictObject json, string folder)
    {
        var address = json.Text("url", WebAddress.IsOne, "an address such as http://127.0.0.1:8086");
        var url = WebAddress.IsOne(address) ? new Uri(address) : new Uri("http://0.0.0.0");
        InfluxConfiguration influx = json.Word("api", ["v1", "v2"]) == "v1" ? ReadV1(json, url, folder) : ReadV2(json, url, folder);
        json.End();
        return influx;
    }

    private static InfluxV1Configuration ReadV1(StrictObject json, Uri url, string folder)
    {
        Refuse(json, "v1", ["bucket", "org", "tokenFile"], "database, user and passwordFile");
        if (json.Has("user") != json.Has("passwordFile"))
        {
            json.Problem("", "has only one of user and passwordFile", "Give both, or neither where the server asks for no user");
        }

        return new InfluxV1Configuration
        {
            Url = url,
            Database = json.Text("database", expected: "the name of a database that no other ingest uses"),
            User = json.OptionalText("user"),
            PasswordFile = FileOf(json, "passwordFile", json.OptionalText("passwordFile"), folder),
        };
    }

    private static InfluxV2Configuration ReadV2(StrictObject json, Uri url, string folder)
    {
        Refuse(json, "v2", ["database", "user", "passwordFile"], "bucket, org and tokenFile");
        return new InfluxV2Configuration
        {
            Url = url,
            Bucket = json.Text("bucket", expected: "the name of a bucket that no other ingest uses"),
            Organisation = json.Text("org", expected: "the organisation that owns the bucket"),
            TokenFile = FileOf(json, "tokenFile", json.Text("tokenFile", expected: "the file of a token that may read and write the bucket"), folder) ?? "",
        };
    }

    private static void Refuse(StrictObject json, string api, string[] members, string instead)
    {
        foreach (var member in members.Where(json.Has))
        {
            json.OptionalText(member);
            json.Problem(member, $"does not go with api {api}", $"Remove it; {api} takes {instead}");
        }
    }

    private static string? FileOf(StrictObject json, string member, string? path, string folder)
    {
        var file = path is not { Length: > 0 } ? null : Path.GetFullPath(Path.Combine(folder, path));
        if (file is not null && !File.Exists(file))
        {
            json.Problem(member, $"the file {file} does not exist", "Write the secret into it, readable only for the service");
        }

        return file;
    }
}
