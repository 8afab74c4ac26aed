using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MQTTnet;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Publishing;

/// <summary>Against the broker that most stations meet.</summary>
public sealed class MosquittoTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Status_OnlineKilledAndStopped_IsRetainedWithLastWill()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        using var anhui = SigningKey.Create();
        var configuration = Station.Configure(_folder, Some.Csv(3), anhui.Public.Pem, broker.Port);
        await Station.RunAsync("enroll", "--config", configuration);

        using (var station = Station.Start("run", "--config", configuration))
        {
            await Until(broker.Port, status => State(status) == "online");
            station.Kill();
            await Until(broker.Port, status => State(status) == "offline" && !status.RootElement.TryGetProperty("time", out _));
        }

        using (var station = Station.Start("run", "--config", configuration))
        {
            using var online = await Until(broker.Port, status => State(status) == "online");
            Assert.Equal(Some.Station, online.RootElement.GetProperty("station").GetString());
            Assert.Equal(EdgeHost.Software, online.RootElement.GetProperty("software").GetString());
            Assert.Equal(32, online.RootElement.GetProperty("run").GetString()!.Length);
            Assert.True(online.RootElement.GetProperty("undelivered").GetProperty("anhui").GetInt64() > 0);
            Assert.True(online.RootElement.GetProperty("clock").TryGetProperty("status", out _));
            station.Terminate();
            await station.ExitAsync();
            Assert.Equal(0, station.Process.ExitCode);
            await Until(broker.Port, status => State(status) == "offline" && status.RootElement.TryGetProperty("lastSequence", out _));
        }
    }

    [Fact]
    public async Task Publish_ThroughMosquitto_IsDelivered()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: true);
        await using var host = Host(Some.Configuration(_folder, [("anhui", anhui.Key)], broker.Port, Some.Replay(_folder.Write("a.csv", Some.Csv(500)))));
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.WhenDelivered(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(501, anhui.Held);
    }

    [Fact]
    public async Task Publish_ReceiptsWereRetainedWhileTheStationWasOff_AreTaken()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        await using var anhui = await TestOperator.ConnectAsync("anhui", broker.Port, answers: false);
        var configuration = Some.Configuration(_folder, [("anhui", anhui.Key)], broker.Port, Some.Replay(_folder.Write("a.csv", Some.Csv(20))));
        await using (var first = Host(configuration))
        {
            await first.StartAsync(TestContext.Current.CancellationToken);
            await Wait.Until(() => anhui.Held == 21, "all records arrived");
        }

        await anhui.ReceiptAsync();
        await using var second = Host(configuration);
        await second.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => second.Snapshot.Undelivered["anhui"] <= 1, "the retained receipt is taken");
    }

    [Fact]
    public async Task Connect_MutualTls_WorksWithTheRightCertificatesOnly()
    {
        using var authority = Certificates.Authority();
        Certificates.Write(_folder, "server", Certificates.Issue(authority, "localhost"));
        Certificates.Write(_folder, "station", Certificates.Issue(authority, Some.Station));
        _folder.Write("ca.pem", authority.ExportCertificatePem());
        using var other = Certificates.Authority();
        _folder.Write("other-ca.pem", other.ExportCertificatePem());
        using var broker = await Mosquitto.StartAsync(_folder, $"cafile {_folder["ca.pem"]}\ncertfile {_folder["server.pem"]}\nkeyfile {_folder["server.key"]}\nrequire_certificate true\nallow_anonymous true");
        using var anhui = SigningKey.Create();
        var plain = Some.Configuration(_folder, [("anhui", anhui)], broker.Port);
        var tls = new TlsConfiguration { CaFile = _folder["ca.pem"], CertificateFile = _folder["station.pem"], CertificateKeyFile = _folder["station.key"] };

        await Connects(plain with { Mqtt = plain.Mqtt with { Host = "localhost", Tls = tls } }, true);
        await Connects(plain with { Mqtt = plain.Mqtt with { Host = "localhost", Tls = tls with { CaFile = _folder["other-ca.pem"] } } }, false);
        await Connects(plain with { Mqtt = plain.Mqtt with { Host = "localhost", Tls = new TlsConfiguration { CaFile = _folder["ca.pem"] } } }, false);
    }

    [Fact]
    public async Task Connect_WrongPassword_LogsTheRemedyAndSamplingGoesOn()
    {
        using var broker = await Mosquitto.StartAsync(_folder, "allow_anonymous false");
        using var anhui = SigningKey.Create();
        var log = new CapturedLog();
        var configuration = Some.Configuration(_folder, [("anhui", anhui)], broker.Port, Some.Replay(_folder.Write("a.csv", Some.Csv(5))));
        await using var host = Host(configuration, log);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => host.Snapshot.ReplayEnded && log.Lines.Any(l => l.Contains("NotAuthorized", StringComparison.Ordinal)), "the refusal is logged");
        Assert.Contains(log.Lines, l => l.Contains("Check mqtt.username", StringComparison.Ordinal));
        Assert.Equal(6, host.Snapshot.Appended);
    }

    [Fact]
    public async Task Publish_NotAllowedOnItsTopics_LogsTheRemedy()
    {
        _folder.Write("acl", $"topic read #\ntopic write {Topics.Status(Some.Station)}\n");
        using var broker = await Mosquitto.StartAsync(_folder, $"allow_anonymous true\nacl_file {_folder["acl"]}");
        using var anhui = SigningKey.Create();
        var log = new CapturedLog();
        await using var host = Host(Some.Configuration(_folder, [("anhui", anhui)], broker.Port), log);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => log.Lines.Any(l => l.Contains("access list", StringComparison.Ordinal)), "the refusal is logged");
    }

    private static EdgeHost Host(StationConfiguration configuration, CapturedLog? log = null)
    {
        EdgeHost.Enroll(configuration);
        return EdgeHost.Create(configuration, logging => logging.AddProvider(log ?? new CapturedLog()));
    }

    private static async Task Connects(StationConfiguration configuration, bool expected)
    {
        var log = new CapturedLog();
        await using var host = Host(configuration, log);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Wait.Until(() => host.Snapshot.Connected || log.Lines.Any(l => l.StartsWith("Broker:", StringComparison.Ordinal)), "it connects or says why not");
        Assert.True(host.Snapshot.Connected == expected, string.Join('\n', log.Lines));
    }

    private static string? State(JsonDocument status) => status.RootElement.GetProperty("state").GetString();

    /// <summary>Subscribes anew, so that only what is retained can come, until it is as expected.</summary>
    private static async Task<JsonDocument> Until(int port, Func<JsonDocument, bool> condition)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var statuses = new ConcurrentQueue<JsonDocument>();
        client.ApplicationMessageReceivedAsync += received =>
        {
            statuses.Enqueue(JsonDocument.Parse(received.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build());
        JsonDocument? found = null;
        var asked = 0;
        await Wait.Until(
            () =>
            {
                if (statuses.TryDequeue(out var status) && condition(status))
                {
                    found = status;
                }
                else if (asked++ % 20 == 0)
                {
                    _ = client.SubscribeAsync(Topics.Status(Some.Station));
                }

                return found is not null;
            },
            "the retained status is as expected");
        return found!;
    }

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue(formatter(state, exception));
    }

    private static class Certificates
    {
        public static X509Certificate2 Authority()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        }

        public static (string Certificate, string Key) Issue(X509Certificate2 authority, string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            using var issued = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(20), RandomNumberGenerator.GetBytes(8));
            return (issued.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        }

        public static void Write(TestFolder folder, string name, (string Certificate, string Key) pem)
        {
            folder.Write(name + ".pem", pem.Certificate);
            folder.Write(name + ".key", pem.Key);
        }
    }
}
