using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Configuration;

public sealed class StationConfigurationTests : IDisposable
{
    private const string Least = """
        {
          "deployment": "xinan", "station": "JK-1", "dataDirectory": "data",
          "mqtt": { "host": "broker.example" },
          "operators": [ { "id": "anhui", "publicKeyFile": "anhui.pem" } ],
          "instruments": [ { "id": "probe", "driver": "simulated", "cadence": "4h" } ]
        }
        """;

    private readonly TestFolder _folder = new();

    public StationConfigurationTests()
    {
        using var key = SigningKey.Create();
        _folder.Write("anhui.pem", key.Public.Pem);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_LeastConfiguration_HasEveryDefault()
    {
        var read = Parse(Least);

        Assert.Equal("xinan", read.Deployment);
        Assert.Equal("JK-1", read.Station);
        Assert.Equal(_folder["data"], read.DataDirectory);
        Assert.Equal(_folder["data/station.key.pem"], read.KeyFile);
        Assert.Equal(_folder["data/outbox.db"], read.OutboxFile);
        Assert.Equal(1883, read.Mqtt.Port);
        Assert.Null(read.Mqtt.Tls);
        Assert.Null(read.Mqtt.Username);
        Assert.Null(read.Mqtt.PasswordFile);
        Assert.Null(read.Mqtt.ClientId);
        Assert.Equal(1024, read.Publishing.Window);
        Assert.Equal(TimeSpan.FromSeconds(30), read.Publishing.ResendAfter);
        Assert.Equal(64, read.Publishing.Batch);
        Assert.Equal(TimeSpan.FromHours(4), read.Instruments[0].Cadence);
        Assert.Equal(TimeSpan.FromSeconds(30), read.Instruments[0].Timeout);
        Assert.Equal(new SimulatedOptions { Seed = 1 }, read.Instruments[0].Options);
        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(Least)), read.Digest);
    }

    [Fact]
    public void Load_BoundsOfTheOutbox_AreRead()
    {
        var read = Parse(Least.Replace("\"mqtt\"", "\"outbox\": { \"maxBytes\": 1048576, \"maxAge\": \"30d\" }, \"mqtt\"", StringComparison.Ordinal));
        Assert.Equal(new OutboxConfiguration { MaxBytes = 1_048_576, MaxAge = TimeSpan.FromDays(30) }, read.Outbox);
        Assert.Equal(new OutboxConfiguration(), Parse(Least).Outbox);
    }

    [Theory]
    [InlineData("\"maxBytes\": 1048575", "outbox.maxBytes")]
    [InlineData("\"maxAge\": \"367d\"", "outbox.maxAge")]
    [InlineData("\"maxage\": \"30d\"", "outbox.maxage")]
    public void Load_BoundOfTheOutboxIsWrong_IsReportedAtItsPlace(string member, string place)
    {
        var text = Least.Replace("\"mqtt\"", $"\"outbox\": {{ {member} }}, \"mqtt\"", StringComparison.Ordinal);
        Assert.Equal(place, Assert.Single(Assert.Throws<DocumentException>(() => Parse(text)).Problems).Path);
    }

    [Fact]
    public void Load_TlsIsGiven_DefaultPortIs8883() =>
        Assert.Equal(8883, Parse(Least.Replace("\"broker.example\"", "\"broker.example\", \"tls\": {}", StringComparison.Ordinal)).Mqtt.Port);

    [Fact]
    public void Load_CadenceShorterThanTheUsualTimeout_TimeoutIsTheCadence() =>
        Assert.Equal(TimeSpan.FromSeconds(5), Parse(Least.Replace("4h", "PT5S", StringComparison.Ordinal)).Instruments[0].Timeout);

    [Fact]
    public void Load_CodeAndFile_HaveTheSameDefaults()
    {
        var read = Parse(Least);
        using var key = SigningKey.Create();
        var made = Some.Configuration(_folder, [("anhui", key)]);
        Assert.Equal(read.Publishing, made.Publishing);
        Assert.Equal(read.KeyFile, made.KeyFile);
        Assert.Equal(read.OutboxFile, made.OutboxFile);
        Assert.Equal(read.Instruments[0].Timeout, new InstrumentConfiguration { Id = "probe", Options = new SimulatedOptions() }.Timeout);
    }

    [Fact]
    public void Load_FiveMistakes_ReportsFiveWithPathAndRemedy()
    {
        var problems = Problems("""
            {
              "deployment": "Xinan", "station": "JK-1", "dataDirectory": "data",
              "mqtt": { "host": "broker.example", "port": 70000, "tls": { "allowUntrusted": true } },
              "operators": [ { "id": "anhui", "publicKeyFile": "nobody.pem" } ],
              "instruments": [ { "id": "probe", "driver": "simulated", "cadence": "7h" } ]
            }
            """);

        Assert.Equal(["deployment", "mqtt.tls.allowUntrusted", "mqtt.port", "operators[0].publicKeyFile", "instruments[0].cadence"], problems.Select(p => p.Path));
        Assert.All(problems, p => Assert.NotEmpty(p.Remedy));
    }

    [Theory]
    [InlineData("\"station\"", "\"sation\"", "sation", "is not a known member")]
    [InlineData("\"cadence\": \"4h\"", "\"cadence\": \"4h\", \"options\": { \"sed\": 1 }", "instruments[0].options.sed", "is not a known member")]
    [InlineData("\"cadence\": \"4h\"", "\"cadence\": \"4h\", \"timeout\": \"5h\"", "instruments[0].timeout", "from 10ms to 4h")]
    [InlineData("simulated", "simulate", "instruments[0].driver", "pulse, replay, sdi12, simulated")]
    [InlineData("\"simulated\", \"cadence\": \"4h\"", "\"replay\"", "instruments[0].options.file", "is missing")]
    [InlineData("anhui.pem", "station.json", "operators[0].publicKeyFile", "cannot be used")]
    [InlineData("{ \"id\": \"anhui\", \"publicKeyFile\": \"anhui.pem\" }", "", "operators", "at least 1")]
    [InlineData("\"broker.example\"", "\"broker.example\", \"passwordFile\": \"anhui.pem\"", "mqtt.passwordFile", "without username")]
    public void Load_OneMistake_NamesItsPlace(string good, string bad, string path, string what)
    {
        _folder.Write("station.json", "{}");
        var problem = Problems(Least.Replace(good, bad, StringComparison.Ordinal)).Single(p => p.Path == path);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ReplayFileHasAWrongLine_NamesTheLine()
    {
        _folder.Write("bad.csv", "section,time,parameter,value,unit,flag\nJiekou,2020-05-08T08:00:00+08:00,w01019,1.4,mg/L,N\nJiekou,yesterday,w01019,1.4,mg/L,N\n");
        var problem = Assert.Single(Problems(Least.Replace("\"simulated\", \"cadence\": \"4h\"", "\"replay\", \"options\": { \"file\": \"bad.csv\" }", StringComparison.Ordinal)));
        Assert.Equal("instruments[0].options.file", problem.Path);
        Assert.Contains("line 3: time 'yesterday'", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CadenceForADriverWithItsOwnTimes_IsAMistake()
    {
        _folder.Write("good.csv", Some.Csv(1));
        var problem = Assert.Single(Problems(Least.Replace("\"simulated\"", "\"replay\", \"options\": { \"file\": \"good.csv\" }", StringComparison.Ordinal)));
        Assert.Equal("instruments[0].cadence", problem.Path);
    }

    [Fact]
    public void Load_FileIsAbsent_SaysSo() =>
        Assert.Contains("cannot be read", Assert.Throws<DocumentException>(() => StationConfiguration.Load(_folder["none.json"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_CodeBreaksTheRules_ReportsEveryProblem()
    {
        using var key = SigningKey.Create();
        var wrong = Some.Configuration(_folder, [("anhui", key), ("anhui", key)], 1, Some.Simulated("probe", TimeSpan.FromHours(7))) with { Station = "jk" };
        Assert.Equal(["station", "operators", "instruments[0].cadence"], Assert.Throws<DocumentException>(() => EdgeHost.Create(wrong)).Problems.Select(p => p.Path));
    }

    [Fact]
    public void Create_ReplayFileMadeInCodeIsWrong_NamesTheLine()
    {
        using var key = SigningKey.Create();
        var wrong = Some.Configuration(_folder, [("anhui", key)], 1, Some.Replay(_folder.Write("bad.csv", Some.Csv(2).Replace("2.5", "two", StringComparison.Ordinal))));
        Assert.Contains("line 3: value 'two'", Assert.Single(Assert.Throws<DocumentException>(() => EdgeHost.Create(wrong)).Problems).What, StringComparison.Ordinal);
    }

    private StationConfiguration Parse(string json) => StationConfiguration.Parse("station.json", Encoding.UTF8.GetBytes(json), _folder.Path);

    private IReadOnlyList<DocumentProblem> Problems(string json) => Assert.Throws<DocumentException>(() => Parse(json)).Problems;
}
