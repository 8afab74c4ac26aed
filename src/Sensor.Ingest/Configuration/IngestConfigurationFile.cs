using System.Net;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
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
            Peers = [.. json.Children("peers").Select(peer => PeerReader.Read(peer, operatorId, folder))],
            Mqtt = ReadMqtt(json.Child("mqtt"), operatorId, folder),
            Store = json.OptionalChild("store") is { } store ? StoreReader.Read(store, folder) : new SqliteStore(),
            Alerts = json.OptionalChild("alerts") is { } alerts ? AlertConfiguration.Read(alerts) : null,
            Http = json.OptionalChild("http") is { } http ? ReadHttp(http) : new HttpConfiguration(),
            Influx = json.OptionalChild("influx") is { } influx ? InfluxConfigurationReader.Read(influx, folder) : null,
            Archive = [.. json.Texts("archive", rule: text => text.Length > 0, expected: "a folder").Select(path => PathOf(path, folder))],
            Otlp = json.OptionalChild("telemetry") is { } telemetry ? TelemetryReader.Read(telemetry) : null,
            Limits = json.OptionalChild("limits") is { } limits ? ReadLimits(limits) : new LimitsConfiguration(),
            Imports = ImportReader.ReadAll(json, operatorId, folder),
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

        foreach (var twice in configuration.Peers.GroupBy(p => p.Operator, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            json.Problem("peers", $"names {twice.Key} {twice.Count()} times", "Name each operator once");
        }

        return configuration;
    }

    private static PartyConfiguration ReadParty(StrictObject json, string folder)
    {
        var id = json.Text("id", Names.IsLowerId, "the id of a party as agreements name it");
        var pem = PublicKeyFile.Read(json, folder, "the file of the party's public key");
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
        var external = connect is null ? null : ExternalBrokerReader.Read(connect, "waterwatch-ingest-" + operatorId, folder);
        json.End();
        return (MqttConfiguration?)external ?? hosted ?? new HostedBroker();
    }

    private static HostedBroker ReadHosted(StrictObject json)
    {
        var hosted = new HostedBroker { Address = Address(json), Port = (int)json.Whole("port", 1, 65_535, 1883) };
        json.End();
        return hosted;
    }

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
