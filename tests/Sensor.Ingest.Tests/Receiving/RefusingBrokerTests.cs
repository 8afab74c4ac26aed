using Microsoft.Extensions.Logging;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Receiving;

/// <summary>Brokers that do not let the ingest in.</summary>
public sealed class RefusingBrokerTests
{
    private const string DynamicSecurity = "/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so";
    private readonly FakeLogger _log = new();

    [Fact]
    public async Task Connect_AnonymousNotAllowed_LogsReasonAndRemedy()
    {
        var port = TestIngest.FreePort();
        await using var broker = await Mosquitto.StartAsync(port, "allow_anonymous false");

        await LogsAsync(port, "the broker refused the connection: NotAuthorized", "Check mqtt.connect.username");
    }

    [Fact]
    public async Task Connect_NobodyListens_LogsWhatTheSocketSaid() =>
        await LogsAsync(TestIngest.FreePort(), "refused", "Check mqtt.connect.host");

    [Fact]
    public async Task Subscribe_NotAllowedByTheAccessList_IsNotConnectedAndLogsTheRemedy()
    {
        Assert.SkipUnless(File.Exists(DynamicSecurity), "needs mosquitto's dynamic security plugin (Debian package mosquitto)");
        var rules = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            rules,
            """
            { "defaultACLAccess": { "publishClientSend": true, "publishClientReceive": true, "subscribe": false, "unsubscribe": true },
              "anonymousGroup": "all", "groups": [{ "groupname": "all", "roles": [] }], "clients": [], "roles": [] }
            """,
            TestContext.Current.CancellationToken);
        var port = TestIngest.FreePort();
        await using var broker = await Mosquitto.StartAsync(port, $"allow_anonymous true\nplugin {DynamicSecurity}\nplugin_opt_config_file {rules}");

        await LogsAsync(port, "the broker did not subscribe to waterwatch/v1/+/records with QoS 1: NotAuthorized", "Let the ingest's user read this topic");
        File.Delete(rules);
    }

    private async Task LogsAsync(int port, string reason, string remedy)
    {
        using var provider = new Provider(_log);
        await using var host = IngestHost.Create(TestIngest.Configure(TestIngest.External(port)), logging => logging.AddProvider(provider));
        await host.StartAsync(TestContext.Current.CancellationToken);

        await Until.True(
            () =>
            {
                Assert.False(host.Pipeline.Listener.Connected);
                return _log.Lines.Any(line => line.Contains(reason, StringComparison.Ordinal) && line.Contains(remedy, StringComparison.Ordinal));
            },
            "the refusal is logged");
        Assert.DoesNotContain(_log.Lines, line => line.EndsWith(": connected", StringComparison.Ordinal));
        await host.StopAsync();
        Directory.Delete(host.Pipeline.Configuration.DataDirectory, recursive: true);
    }

    private sealed class Provider(FakeLogger logger) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void Dispose()
        {
        }
    }
}
