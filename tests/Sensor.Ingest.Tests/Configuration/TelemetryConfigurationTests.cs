using Sensor.Contracts.Documents;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Tests.Configuration;

public sealed class TelemetryConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-configuration-").FullName;

    [Fact]
    public void Read_Otlp_TakesItsMembers()
    {
        Assert.Equal(new OtlpConfiguration { Url = new Uri("http://127.0.0.1:4317") }, Read("""{ "otlp": { "url": "http://127.0.0.1:4317" } }"""));
        Assert.Equal(
            new OtlpConfiguration { Url = new Uri("https://collector/v1/traces"), Protocol = "http", OneIn = 100 },
            Read("""{ "otlp": { "url": "https://collector/v1/traces", "protocol": "http", "oneIn": 100 } }"""));
        Assert.Null(Read("{}"));
    }

    [Theory]
    [InlineData("""{ "otlp": {} }""", "telemetry.otlp.url")]
    [InlineData("""{ "otlp": { "url": "127.0.0.1:4317" } }""", "telemetry.otlp.url")]
    [InlineData("""{ "otlp": { "url": "http://x", "protocol": "udp", "oneIn": 0 } }""", "telemetry.otlp.protocol telemetry.otlp.oneIn")]
    [InlineData("""{ "otlp": { "url": "http://x", "headers": "a" } }""", "telemetry.otlp.headers")]
    [InlineData("""{ "jaeger": {} }""", "telemetry.jaeger")]
    public void Read_Mistake_IsNamedWithItsRemedy(string telemetry, string places)
    {
        var refused = Assert.Throws<DocumentException>(() => Read(telemetry));

        Assert.Equal(places.Split(' '), refused.Problems.Select(p => p.Path));
        Assert.All(refused.Problems, p => Assert.NotEmpty(p.Remedy));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private OtlpConfiguration? Read(string telemetry)
    {
        var path = Path.Combine(_folder, "ingest.json");
        File.WriteAllText(path, $$"""{ "deployment": "d", "operator": "o", "dataDirectory": "data", "mqtt": { "host": {} }, "telemetry": {{telemetry}} }""");
        return IngestConfigurationFile.Read(path).Otlp;
    }
}
