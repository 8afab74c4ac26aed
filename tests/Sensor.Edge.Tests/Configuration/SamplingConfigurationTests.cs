using System.Text;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Configuration;

public sealed class SamplingConfigurationTests : IDisposable
{
    private const string Plan = """{ "before": [ { "actuator": "pump", "run": "90s" }, { "actuator": "wiper", "run": "5s" } ], "power": "supply", "warmUp": "60s", "stabilise": "30s", "reads": 5, "every": "2s" }""";

    private readonly TestFolder _folder = new();

    public SamplingConfigurationTests()
    {
        using var key = SigningKey.Create();
        _folder.Write("anhui.pem", key.Public.Pem);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WholePlan_IsRead()
    {
        var read = Load(Plan);
        var sampling = read.Instruments[0].Sampling!;
        Assert.Equal([new SamplingStep("pump", TimeSpan.FromSeconds(90)), new SamplingStep("wiper", TimeSpan.FromSeconds(5))], sampling.Before);
        Assert.Equal(("supply", 60, 30, 5, 2, 185), (sampling.Power, sampling.WarmUp.TotalSeconds, sampling.Stabilise.TotalSeconds, sampling.Reads, sampling.Every.TotalSeconds, sampling.Lead.TotalSeconds));
        Assert.Equal(new RelayOptions { Bus = "board", Pin = 25, ActiveLow = true, LongestOn = TimeSpan.FromSeconds(20) }, read.Actuators.Single(a => a.Id == "wiper").Options);
    }

    [Theory]
    [InlineData("""{ "reads": 4 }""", "instruments[0].sampling.reads 4 reads have no middle one")]
    [InlineData("""{ "reads": 17 }""", "instruments[0].sampling.reads")]
    [InlineData("""{ "before": [ { "actuator": "mixer", "run": "5s" } ] }""", "instruments[0].sampling.before[0].actuator 'mixer' is not one of the station's actuators")]
    [InlineData("""{ "before": [ { "actuator": "wiper", "run": "21s" } ] }""", "instruments[0].sampling.before[0].run is longer than wiper may be on")]
    [InlineData("""{ "before": [ { "actuator": "wiper", "run": "0s" } ] }""", "instruments[0].sampling.before[0].run")]
    [InlineData("""{ "power": "wiper" }""", "instruments[0].sampling.power is needed for up to 30s, longer than wiper may be on")]
    [InlineData("""{ "power": "lamp" }""", "instruments[0].sampling.power 'lamp' is not one of the station's actuators")]
    [InlineData("""{ "warmUp": "570s", "stabilise": "1s" }""", "instruments[0].sampling takes up to 601s, timeouts included, longer than the cadence")]
    [InlineData("""{ "pause": "1s" }""", "instruments[0].sampling.pause")]
    public void Load_WrongPlan_IsReportedWithItsPlace(string plan, string expected) =>
        Assert.Contains(Problems(plan), problem => problem.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Load_PulsesWithSeveralReads_IsReported() => Assert.Contains(
        Problems("""{ "reads": 3 }""", "\"driver\": \"pulse\", \"cadence\": \"10m\", \"options\": { \"bus\": \"board\", \"pin\": 1, \"parameter\": \"a01001\", \"unit\": \"mm\", \"perPulse\": \"0.2\" }"),
        problem => problem.StartsWith("instruments[0].sampling.reads would lose pulses", StringComparison.Ordinal));

    [Fact]
    public void Load_PlanOfADriverWithItsOwnTimes_IsReported() => Assert.Contains(
        Problems("""{ "reads": 3 }""", "\"driver\": \"door\", \"options\": { \"bus\": \"board\", \"pin\": 1 }"),
        problem => problem.StartsWith("instruments[0].sampling is given to a driver that brings its own times", StringComparison.Ordinal));

    [Fact]
    public void Load_SwitchForAnUnknownInstrument_IsReported() => Assert.Contains(
        Problems("{}", "\"driver\": \"simulated\", \"cadence\": \"10m\" }, { \"id\": \"service\", \"driver\": \"maintenance-switch\", \"options\": { \"bus\": \"board\", \"pin\": 1, \"for\": \"nobody\" }", planFirst: true),
        problem => problem.StartsWith("instruments the maintenance switch service is for 'nobody'", StringComparison.Ordinal));

    [Fact]
    public void Load_WrongActuators_AreReported()
    {
        var problems = Problems("{}", actuators: """[ { "id": "a", "driver": "valve", "options": { "bus": "nowhere", "pin": 2000 } }, { "id": "a", "driver": "relay", "options": { "bus": "board", "pin": 1, "longestOn": "5h", "colour": 1 } } ]""");
        Assert.Equal(
            ["actuators[0].driver", "actuators[0].options.bus", "actuators[0].options.longestOn", "actuators[0].options.pin", "actuators[1].id", "actuators[1].options.colour", "actuators[1].options.longestOn"],
            problems.Select(p => p.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Create_PlanMadeInCodeIsWrong_IsReportedToo()
    {
        var right = Load(Plan);
        var wrong = right with { Actuators = [] };
        Assert.Contains(Assert.Throws<DocumentException>(() => EdgeHost.Create(wrong)).Problems, p => p.Path == "instruments[0].sampling.before[0].actuator");
    }

    private IReadOnlyList<string> Problems(string plan, string instrument = "\"driver\": \"simulated\", \"cadence\": \"10m\"", string? actuators = null, bool planFirst = false) =>
        [.. Assert.Throws<DocumentException>(() => Load(plan, instrument, actuators, planFirst)).Problems.Select(p => $"{p.Path} {p.What}")];

    private StationConfiguration Load(string plan, string instrument = "\"driver\": \"simulated\", \"cadence\": \"10m\"", string? actuators = null, bool planFirst = false) => StationConfiguration.Parse(
        "station.json",
        Encoding.UTF8.GetBytes($$"""
        {
          "deployment": "xinan", "station": "JK-1", "dataDirectory": "data", "mqtt": { "host": "broker.example" },
          "operators": [ { "id": "anhui", "publicKeyFile": "anhui.pem" } ],
          "buses": [ { "id": "board", "kind": "gpio" } ],
          "actuators": {{actuators ?? """
            [ { "id": "pump", "driver": "relay", "options": { "bus": "board", "pin": 24, "longestOn": "10m" } },
              { "id": "wiper", "driver": "relay", "options": { "bus": "board", "pin": 25, "longestOn": "20s", "activeLow": true } },
              { "id": "supply", "driver": "relay", "options": { "bus": "board", "pin": 26, "longestOn": "10m" } } ]
            """}},
          "instruments": [ { "id": "probe", {{(planFirst ? $"\"sampling\": {plan}, {instrument}" : $"{instrument}, \"sampling\": {plan}")}} } ]
        }
        """),
        _folder.Path);
}
