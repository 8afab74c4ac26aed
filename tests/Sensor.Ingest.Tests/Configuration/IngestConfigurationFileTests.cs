using Sensor.Contracts.Documents;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Tests.Configuration;

public sealed class IngestConfigurationFileTests
{
    [Fact]
    public void Read_Smallest_TakesDefaultsAndPathsFromTheFolderOfTheFile()
    {
        var configuration = Read("""
            // a comment
            { "deployment": "xin-an", "operator": "anhui", "dataDirectory": "data", "mqtt": { "host": { "port": 1884 } } }
            """, out var folder);

        Assert.Equal(Path.Combine(folder, "data"), configuration.DataDirectory);
        Assert.Equal(Path.Combine(folder, "data", "operator.key.pem"), configuration.KeyFile);
        Assert.Null(configuration.AgreementsDirectory);
        Assert.Null(configuration.Jurisdiction);
        Assert.Equal(new HostedBroker { Address = "127.0.0.1", Port = 1884 }, configuration.Mqtt);
        Assert.Equal(new HttpConfiguration { Address = "127.0.0.1", Port = 8080 }, configuration.Http);
        Assert.Equal(new LimitsConfiguration { MessageBytes = 1_048_576, ReceiveMaximum = 256 }, configuration.Limits);
    }

    [Fact]
    public void Read_ExternalBroker_TakesItsMembers()
    {
        var configuration = Read("""
            { "deployment": "xin-an", "operator": "anhui", "dataDirectory": "/var/lib/x", "mqtt": { "connect": { "host": "broker", "port": 8883, "tls": true, "username": "u" } } }
            """, out _);

        Assert.Equal(new ExternalBroker { Host = "broker", Port = 8883, Tls = true, Username = "u", ClientId = "waterwatch-ingest-anhui" }, configuration.Mqtt);
    }

    [Fact]
    public void Read_FiveMistakes_ReportsFive()
    {
        var refused = Assert.Throws<DocumentException>(() => Read("""
            { "deployment": "Xin An", "dataDirectory": "data", "mqtt": { "host": {}, "connect": { "host": "b" } }, "http": { "port": 70000 }, "limit": {} }
            """, out _));

        Assert.Equal(["operator", "deployment", "mqtt", "http.port", "limit"], refused.Problems.Select(p => p.Path));
        Assert.All(refused.Problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Fact]
    public void Read_Postgres_TakesItsMembers()
    {
        var configuration = Read("""
            { "deployment": "xin-an", "operator": "anhui", "dataDirectory": "d", "mqtt": { "host": {} }, "store": { "kind": "postgres", "connection": "Host=db;Database=w;Username=u" } }
            """, out _);

        Assert.Equal(new PostgresStore { Connection = "Host=db;Database=w;Username=u" }, configuration.Store);
    }

    [Theory]
    [InlineData("""{ "kind": "oracle" }""", "store.kind")]
    [InlineData("""{ "kind": "postgres" }""", "store.connection")]
    [InlineData("""{ "kind": "postgres", "connection": "Host=db;Datbase=w" }""", "store.connection")]
    [InlineData("""{ "kind": "postgres", "connection": "Host=db;Username=w" }""", "store.connection")]
    [InlineData("""{ "kind": "postgres", "connection": "Host=db;Database=w;Password=x" }""", "store.connection")]
    [InlineData("""{ "kind": "postgres", "connection": "Host=db;Database=w", "passwordFile": "none" }""", "store.passwordFile")]
    [InlineData("""{ "kind": "sqlite", "connection": "Host=db;Database=w" }""", "store.connection")]
    public void Read_StoreWithAMistake_NamesThePlace(string store, string place)
    {
        var refused = Assert.Throws<DocumentException>(() => Read($$"""{ "deployment": "x", "operator": "a", "dataDirectory": "d", "mqtt": { "host": {} }, "store": {{store}} }""", out _));

        Assert.Equal([place], refused.Problems.Select(p => p.Path));
        Assert.All(refused.Problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Theory]
    [InlineData("\"share\": \"anhui\"", "mqtt")]
    [InlineData("\"share\": \"an/hui\"", "mqtt.connect.share mqtt")]
    public void Read_ShareThatCannotBe_NamesThePlace(string share, string places)
    {
        var refused = Assert.Throws<DocumentException>(() => Read($$"""{ "deployment": "x", "operator": "a", "dataDirectory": "d", "mqtt": { "connect": { "host": "b", {{share}} } } }""", out _));

        Assert.Equal(places.Split(' '), refused.Problems.Select(p => p.Path));
    }

    private static IngestConfiguration Read(string json, out string folder)
    {
        folder = Directory.CreateTempSubdirectory("waterwatch-configuration-").FullName;
        var path = Path.Combine(folder, "ingest.json");
        File.WriteAllText(path, json);
        try
        {
            return IngestConfigurationFile.Read(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
