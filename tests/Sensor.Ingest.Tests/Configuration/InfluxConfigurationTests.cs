using Sensor.Contracts.Documents;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Tests.Configuration;

public sealed class InfluxConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-configuration-").FullName;

    [Fact]
    public void Read_V1AndV2_TakeTheirMembers()
    {
        File.WriteAllText(Path.Combine(_folder, "secret"), "x");

        Assert.Equal(
            new InfluxV1Configuration { Url = new Uri("http://127.0.0.1:8086"), Database = "d", User = "u", PasswordFile = Path.Combine(_folder, "secret") },
            Read("""{ "url": "http://127.0.0.1:8086", "api": "v1", "database": "d", "user": "u", "passwordFile": "secret" }"""));
        Assert.Equal(
            new InfluxV2Configuration { Url = new Uri("https://influx/base"), Bucket = "b", Organisation = "o", TokenFile = Path.Combine(_folder, "secret") },
            Read("""{ "url": "https://influx/base", "api": "v2", "bucket": "b", "org": "o", "tokenFile": "secret" }"""));
    }

    [Theory]
    [InlineData("""{ "url": "ftp://x", "api": "v1", "database": "d" }""", "influx.url")]
    [InlineData("""{ "url": "http://u:p@x", "api": "v1", "database": "d" }""", "influx.url")]
    [InlineData("""{ "url": "http://x", "database": "d" }""", "influx.api")]
    [InlineData("""{ "url": "http://x", "api": "v3", "database": "d" }""", "influx.api")]
    [InlineData("""{ "url": "http://x", "api": "v1", "database": "d", "user": "u" }""", "influx")]
    [InlineData("""{ "url": "http://x", "api": "v1", "database": "d", "tokenFile": "t" }""", "influx.tokenFile")]
    [InlineData("""{ "url": "http://x", "api": "v1", "database": "d", "user": "u", "passwordFile": "none" }""", "influx.passwordFile")]
    [InlineData("""{ "url": "http://x", "api": "v1", "database": "d", "retention": "1d" }""", "influx.retention")]
    [InlineData("""{ "url": "http://x", "api": "v2", "bucket": "b", "database": "d" }""", "influx.database influx.org influx.tokenFile")]
    public void Read_Mistake_IsNamedWithItsRemedy(string influx, string places)
    {
        var refused = Assert.Throws<DocumentException>(() => Read(influx));

        Assert.Equal(places.Split(' '), refused.Problems.Select(p => p.Path));
        Assert.All(refused.Problems, p => Assert.NotEmpty(p.Remedy));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private InfluxConfiguration? Read(string influx)
    {
        var path = Path.Combine(_folder, "ingest.json");
        File.WriteAllText(path, $$"""{ "deployment": "d", "operator": "o", "dataDirectory": "data", "mqtt": { "host": {} }, "influx": {{influx}} }""");
        return IngestConfigurationFile.Read(path).Influx;
    }
}
