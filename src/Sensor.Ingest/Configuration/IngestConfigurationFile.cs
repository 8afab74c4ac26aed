using System.Net;
using System.Security.Cryptography;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Configuration;

/// <summary>Reads the configuration file: JSON with comments, unknown members refused, every mistake told at once.</summary>
public static class IngestConfigurationFile
{
    private const string LowerId = "an id of 1 to 32 lower-case letters, digits and -";

    /// <summary>Reads a file; its relative paths count from its own folder.</summary>
    /// <exception cref="DocumentException">The file cannot be read, or it has mistakes; all of them are in the exception.</exception>
    public static IngestConfiguration Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return StrictDocument.Read(path, Bytes(path), json => Read(json, folder));
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? throw new DocumentException(path, [new DocumentProblem("", "is a folder", "Give the configuration file in it")])
                : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DocumentException(path, [new DocumentProblem("", "cannot be read: " + e.Message.TrimEnd('.'), "Give a file with --config that exists and that this user may read")]);
        }
    }

    private static IngestConfiguration Read(StrictObject json, string folder)
    {
        var operatorId = json.Text("operator", Names.IsLowerId, LowerId);
        var data = PathOf(json.Text("dataDirectory", expected: "the folder for evidence and outcomes"), folder);
        var agreements = json.OptionalText("agreementsDirectory");
        var configuration = new IngestConfiguration
        {
            Deployment = json.Text("deployment", Names.IsLowerId, LowerId),
            Operator = operatorId,
            Jurisdiction = json.OptionalText("jurisdiction", Names.IsLowerId, LowerId),
            DataDirectory = data,
            KeyFile = PathOf(json.OptionalText("keyFile") ?? Path.Combine(data, "operator.key.pem"), folder),
            AgreementsDirectory = agreements is null ? null : PathOf(agreements, folder),
            Parties = [.. json.Children("parties").Select(party => ReadParty(party, folder))],
            Mqtt = ReadMqtt(json.Child("mqtt"), operatorId, folder),
            Store = json.OptionalChild("store") is { } store ? StoreReader.Read(store, folder) : new SqliteStore(),
            Alerts = json.OptionalChild("alerts") is { } alerts ? AlertConfiguration.Read(alerts) : null,
            Http = json.OptionalChild("http") is { } http ? ReadHttp(http) : new HttpConfiguration(),
            Influx = json.OptionalChild("influx") is { } influx ? InfluxConfigurationReader.Read(influx, folder) : null,
            Limits = json.OptionalChild("limits") is { } limits ? ReadLimits(limits) : new LimitsConfiguration(),
            Imports = Hj212ImportReader.ReadAll(json),
        };
        if (configuration.AgreementsDirectory is { } directory && !Directory.Exists(directory))
        {
            json.Problem("agreementsDirectory", $"the folder {directory} does not exist", "Create it, or remove the member if nothing is to be decided");
        }

        if (configuration is { Mqtt: ExternalBroker { Share: not null }, Store: not PostgresStore })
        {
            json.Problem("mqtt", "shares what comes with other workers, and the store sqlite is for one", "Give a store of the kind postgres, or remove mqtt.connect.share");
        }

        foreach (var twice in configuration.Parties.GroupBy(p => p.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            json.Problem("parties", $"names {twice.Key} {twice.Count()} times", "Name each party once");
        }

        return configuration;
    }

    private static PartyConfiguration ReadParty(StrictObject json, string folder)
    {
        var id = json.Text("id", Names.IsLowerId, "the id of a party as agreements name it");
        var file = json.Text("publicKeyFile", expected: "the file of the party's public key");
        var pem = "";
        try
        {
            if (file.Length > 0)
            {
                pem = File.ReadAllText(PathOf(file, folder));
                PublicKey.FromPem(pem).Dispose();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            json.Problem("publicKeyFile", $"{file} cannot be used: {e.Message.TrimEnd('.')}", "Give the PEM of a P-256 public key, as the party gave it");
        }

        json.End();
        return new PartyConfiguration(id, pem);
    }

    private static MqttConfiguration ReadMqtt(StrictObject json, string operatorId, string folder)
    {
        var (host, connect) = (json.OptionalChild("host"), json.OptionalChild("connect"));
        if (host is null == connect is null)
        {
            json.Problem("", host is null ? "has neither host nor connect" : "has both host and connect", "Give exactly one: host to run the broker here, connect to use another");
        }

        var hosted = host is null ? null : ReadHosted(host);
        var external = connect is null ? null : ReadExternal(connect, operatorId, folder);
        json.End();
        return (MqttConfiguration?)external ?? hosted ?? new HostedBroker();
    }

    private static HostedBroker ReadHosted(StrictObject json)
    {
        var hosted = new HostedBroker { Address = Address(json), Port = (int)json.Whole("port", 1, 65_535, 1883) };
        json.End();
        return hosted;
    }

    private static ExternalBroker ReadExternal(StrictObject json, string operatorId, string folder)
    {
        var password = json.OptionalText("passwordFile");
        var external = new ExternalBroker
        {
            Host = json.Text("host", expected: "the broker's host name or address"),
            Port = (int)json.Whole("port", 1, 65_535, 1883),
            Tls = json.Truth("tls", false),
            Username = json.OptionalText("username"),
            PasswordFile = password is null ? null : PathOf(password, folder),
            Share = json.OptionalText("share", IsShareName, "a name of letters, digits, '-', '_' and '.', at most 32"),
            ClientId = json.OptionalText("clientId", id => id.Length <= 56, "a text of at most 56 characters") ?? "waterwatch-ingest-" + operatorId,
        };
        if (external.PasswordFile is { } file && !File.Exists(file))
        {
            json.Problem("passwordFile", $"the file {file} does not exist", "Write the password into it, readable only for the service");
        }

        json.End();
        return external;
    }

    private static bool IsShareName(string name) => name.Length is > 0 and <= 32 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static HttpConfiguration ReadHttp(StrictObject json)
    {
        var http = new HttpConfiguration { Address = Address(json), Port = (int)json.Whole("port", 0, 65_535, 8080) };
        json.End();
        return http;
    }

    private static LimitsConfiguration ReadLimits(StrictObject json)
    {
        var limits = new LimitsConfiguration
        {
            MessageBytes = (int)json.Whole("messageBytes", WireLimits.Envelope, WireLimits.Message, WireLimits.Message),
            ReceiveMaximum = (int)json.Whole("receiveMaximum", 1, 65_535, 256),
            Station = json.OptionalChild("station") is { } station ? StationLimits.Read(station) : new StationLimits(),
        };
        json.End();
        return limits;
    }

    private static string Address(StrictObject json) =>
        json.OptionalText("address", text => IPAddress.TryParse(text, out _), "an IP address such as 127.0.0.1") ?? "127.0.0.1";

    private static string PathOf(string path, string folder) => Path.GetFullPath(Path.Combine(folder, path));
}
