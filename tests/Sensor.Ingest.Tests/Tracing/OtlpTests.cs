using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Tracing;

public sealed class OtlpTests
{
    [Theory]
    [InlineData("http", HttpProtocols.Http1, "/v1/traces", "/v1/traces")]
    [InlineData("grpc", HttpProtocols.Http2, "", "/opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    public async Task Stop_AfterOneMessage_HasSentItsSpansToTheCollector(string protocol, HttpProtocols spoken, string path, string address)
    {
        await using var collector = await OtlpDouble.StartAsync(spoken);
        using var station = new TestStation("ST-OTLP");
        var port = TestIngest.FreePort();
        var configuration = TestIngest.Configure(new HostedBroker { Port = port }) with { Otlp = new OtlpConfiguration { Url = new Uri(collector.Url + path), Protocol = protocol } };
        await using (var host = IngestHost.Create(configuration))
        {
            host.EnrollStation(station.Id, "河口", station.Key.Public, "test");
            await host.StartAsync(TestContext.Current.CancellationToken);
            await using var client = await StationClient.ConnectAsync(port, host.OperatorKey, station.Id);
            await client.SendAsync(station, station.Next());
        }

        Directory.Delete(configuration.DataDirectory, recursive: true);
        Assert.All(collector.Requests, request => Assert.Equal(address, request.Path));
        var sent = string.Concat(collector.Requests.Select(request => Encoding.Latin1.GetString(request.Body)));
        Assert.All(new[] { "receive message", "examine message", "commit evidence", "waterwatch-ingest", station.Run.ToString() }, text => Assert.Contains(text, sent, StringComparison.Ordinal));
    }
}
