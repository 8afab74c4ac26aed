using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;
using Sensor.Edge.Drivers;

namespace Sensor.Edge.Configuration;

/// <summary>Reads station.json; touches files that it names, never network or hardware.</summary>
internal sealed class ConfigurationReader(string folder)
{
    public StationConfiguration Read(StrictObject root, Digest digest)
    {
        var deployment = root.Text("deployment", Names.IsLowerId, "a deployment id of 1 to 32 small letters, digits and -");
        var station = root.Text("station", Names.IsStation, "a station id of 1 to 32 capital letters, digits and -");
        var data = Resolve(root.Text("dataDirectory"));
        var buses = ReadBuses(root);
        var context = new DriverContext(Resolve, buses);
        var actuators = ActuatorReader.Read(root, context);
        var (outboxFile, outbox) = ReadOutbox(root.OptionalChild("outbox"));
        return new StationConfiguration
        {
            Deployment = deployment,
            Station = station,
            DataDirectory = data,
            KeyFile = OptionalPath(root, "keyFile") ?? Path.Combine(data, "station.key.pem"),
            OutboxFile = outboxFile ?? Path.Combine(data, "outbox.db"),
            Outbox = outbox,
            Mqtt = ReadMqtt(root.Child("mqtt")),
            Operators = ReadOperators(root),
            Buses = buses,
            Actuators = actuators,
            Instruments = ReadInstruments(root, context with { Actuators = actuators }),
            Metrics = ReadMetrics(root.OptionalChild("metrics")),
            Commands = ReadCommands(root.OptionalChild("commands")),
            Publishing = ReadPublishing(root.OptionalChild("publishing")),
            Folder = folder,
            Digest = digest,
        };
    }

    private (string? File, OutboxConfiguration Bounds) ReadOutbox(StrictObject? outbox)
    {
        var defaults = new OutboxConfiguration();
        if (outbox is null)
        {
            return (null, defaults);
        }

        var file = OptionalPath(outbox, "file");
        var bounds = new OutboxConfiguration
        {
            MaxBytes = outbox.Whole("maxBytes", OutboxConfiguration.LeastBytes, 1L << 50, defaults.MaxBytes),
            MaxAge = InstrumentReader.Span(outbox, "maxAge", TimeSpan.FromDays(1), defaults.MaxAge) ?? defaults.MaxAge,
        };
        outbox.End();
        return (file, bounds);
    }

    private MqttConfiguration ReadMqtt(StrictObject mqtt)
    {
        var tls = ReadTls(mqtt.OptionalChild("tls"));
        var read = new MqttConfiguration
        {
            Host = mqtt.Text("host", expected: "the broker's host name or address"),
            Port = (int)mqtt.Whole("port", 1, 65_535, tls is null ? 1883 : 8883),
            Tls = tls,
            Username = mqtt.OptionalText("username"),
            PasswordFile = ExistingFile(mqtt, "passwordFile"),
            ClientId = mqtt.OptionalText("clientId", id => id.Length <= 64, "a client id of at most 64 characters"),
        };
        if (read.PasswordFile is not null && read.Username is null)
        {
            mqtt.Problem("passwordFile", "is given without username", "Give username too, or remove passwordFile");
        }

        mqtt.End();
        return read;
    }

    private TlsConfiguration? ReadTls(StrictObject? tls)
    {
        if (tls is null)
        {
            return null;
        }

        var read = new TlsConfiguration
        {
            CaFile = ExistingFile(tls, "caFile"),
            CertificateFile = ExistingFile(tls, "certificateFile"),
            CertificateKeyFile = ExistingFile(tls, "certificateKeyFile"),
        };
        if (read.CertificateFile is null != read.CertificateKeyFile is null)
        {
            tls.Problem(read.CertificateFile is null ? "certificateFile" : "certificateKeyFile", "is missing", "Give certificateFile and certificateKeyFile together, or neither");
        }

        TryRead(tls, "caFile", read.CaFile, file => new X509Certificate2Collection().ImportFromPemFile(file), "a PEM file with at least one certificate");
        TryRead(tls, "certificateFile", read.CertificateKeyFile is null ? null : read.CertificateFile, file => X509Certificate2.CreateFromPemFile(file, read.CertificateKeyFile).Dispose(), "a PEM certificate and its private key");
        tls.End();
        return read;
    }

    private List<OperatorConfiguration> ReadOperators(StrictObject root)
    {
        var read = new List<OperatorConfiguration>();
        foreach (var entry in root.Children("operators", 1))
        {
            var id = entry.Text("id", Names.IsLowerId, "an operator id of 1 to 32 small letters, digits and -");
            if (id.Length > 0 && read.Exists(o => o.Id == id))
            {
                entry.Problem("id", $"'{id}' is given to two operators", "Give each operator its own id");
            }

            var file = entry.Has("publicKeyFile") ? ExistingFile(entry, "publicKeyFile") : entry.Text("publicKeyFile", expected: "the file of the operator's public key");
            var pem = "";
            TryRead(entry, "publicKeyFile", string.IsNullOrEmpty(file) ? null : file, path => Contracts.Keys.PublicKey.FromPem(pem = File.ReadAllText(path)).Dispose(), "the PEM of a P-256 public key, as the operator gave it");
            read.Add(new OperatorConfiguration(id, pem));
            entry.End();
        }

        if (read.Count > WireLimits.Operators)
        {
            root.Problem("operators", $"holds {read.Count} operators", $"Keep at most {WireLimits.Operators}; a record cannot name more");
        }

        return read;
    }

    private static List<BusConfiguration> ReadBuses(StrictObject root)
    {
        var read = new List<BusConfiguration>();
        foreach (var entry in root.Children("buses"))
        {
            var id = entry.Text("id", Names.IsInstrument, "a bus id of 1 to 32 letters, digits and . _ -");
            if (id.Length > 0 && read.Exists(bus => bus.Id == id))
            {
                entry.Problem("id", $"'{id}' is given to two buses", "Give each bus its own id");
            }

            read.Add(BusReader.Read(entry, id));
        }

        return read;
    }

    private static List<InstrumentConfiguration> ReadInstruments(StrictObject root, DriverContext context)
    {
        var read = new List<InstrumentConfiguration>();
        foreach (var entry in root.Children("instruments", 1))
        {
            var id = entry.Text("id", Names.IsInstrument, "an instrument id of 1 to 32 letters, digits and . _ -");
            if (id.Length > 0 && read.Exists(i => i.Id == id))
            {
                entry.Problem("id", $"'{id}' is given to two instruments", "Give each instrument its own id");
            }

            if (InstrumentReader.Read(entry, id, context) is { } instrument)
            {
                read.Add(instrument);
            }
        }

        MaintenanceRules.Note(root, read);
        return read;
    }

    private static MetricsConfiguration? ReadMetrics(StrictObject? metrics)
    {
        var read = metrics is null ? null : new MetricsConfiguration((int)metrics.Whole("port", 1, 65_535));
        metrics?.End();
        return read;
    }

    private static CommandsConfiguration ReadCommands(StrictObject? commands)
    {
        if (commands is null)
        {
            return new CommandsConfiguration();
        }

        IReadOnlyList<string> Read(string member) => commands.Texts(member, 0, CommandsConfiguration.Words.Contains, "one of " + string.Join(", ", CommandsConfiguration.Words));
        var read = new CommandsConfiguration { Accept = Read("accept"), EveryOperator = commands.Has("everyOperator") ? Read("everyOperator") : CommandsConfiguration.OfAll };
        commands.End();
        return read;
    }

    private static PublishingConfiguration ReadPublishing(StrictObject? publishing)
    {
        var defaults = new PublishingConfiguration();
        if (publishing is null)
        {
            return defaults;
        }

        var read = new PublishingConfiguration
        {
            Window = (int)publishing.Whole("window", 4, 65_536, defaults.Window),
            ResendAfter = InstrumentReader.Span(publishing, "resendAfter", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)) ?? defaults.ResendAfter,
            Batch = (int)publishing.Whole("batch", 1, 1_024, defaults.Batch),
        };
        publishing.End();
        return read;
    }

    private string? OptionalPath(StrictObject from, string member) => from.OptionalText(member, expected: "a path") is { Length: > 0 } path ? Resolve(path) : null;

    private string? ExistingFile(StrictObject from, string member)
    {
        var path = OptionalPath(from, member);
        if (path is null || File.Exists(path))
        {
            return path;
        }

        from.Problem(member, $"the file {path} does not exist", "Correct the path or put the file there");
        return null;
    }

    private static void TryRead(StrictObject from, string member, string? file, Action<string> read, string expected)
    {
        try
        {
            if (file is not null)
            {
                read(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            from.Problem(member, $"{file} cannot be used: {e.Message.TrimEnd('.')}", $"Give {expected}");
        }
    }

    private string Resolve(string path) => Path.GetFullPath(Path.Combine(folder, path));
}
