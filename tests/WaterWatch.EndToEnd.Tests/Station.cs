using System.Globalization;
using System.Text.Json;
using Sensor.Contracts.Keys;
using WaterWatch.Testing;

namespace WaterWatch.EndToEnd.Tests;

/// <summary>The station at Jiekou, a process that replays the recorded year and can be killed and started again.</summary>
internal sealed class Station : IDisposable
{
    public const string Id = "JIEKOU";
    public const string Section = "街口(鸠坑口)";

    /// <summary>The recorded instants; the one of 10 March arrives twice.</summary>
    public const int Instants = 237;

    private const string Project = "src/Sensor.Edge";
    private const string Assembly = "waterwatch-edge";

    private readonly string _configuration;
    private ProgramUnderTest? _process;

    public Station(string folder, int mqttPort, int recordsPerSecond, params IReadOnlyList<Operator> operators)
        : this(folder, mqttPort, recordsPerSecond, "", operators)
    {
    }

    /// <param name="folder">Where its folder is made.</param>
    /// <param name="mqttPort">The broker's port.</param>
    /// <param name="recordsPerSecond">How fast it replays; 0 for as fast as it can.</param>
    /// <param name="more">Further members of its configuration, each after a comma.</param>
    /// <param name="operators">Its operators.</param>
    public Station(string folder, int mqttPort, int recordsPerSecond, string more, params IReadOnlyList<Operator> operators)
        : this(Repository.PathOf("demo/data/jiekou.csv"), folder, mqttPort, recordsPerSecond, more, operators)
    {
    }

    /// <param name="file">What it replays.</param>
    /// <inheritdoc cref="Station(string, int, int, string, IReadOnlyList{Operator})"/>
    public Station(string file, string folder, int mqttPort, int recordsPerSecond, string more, IReadOnlyList<Operator> operators)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Id)).FullName;
        using var key = SigningKey.LoadOrCreate(Path.Combine(own, "station.key.pem"));
        PublicKeyFile = Path.Combine(own, "station.pub.pem");
        File.WriteAllText(PublicKeyFile, key.Public.Pem);
        _configuration = Path.Combine(own, "station.json");
        var named = operators.Select(o => $$"""{ "id": "{{o.Id}}", "publicKeyFile": "{{o.PublicKeyFile}}" }""");
        File.WriteAllText(_configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "deployment": "end-to-end",
              "station": "{{Id}}",
              "dataDirectory": ".",
              "mqtt": { "host": "127.0.0.1", "port": {{mqttPort}} },
              "operators": [{{string.Join(", ", named)}}],
              "instruments": [{ "id": "recorded", "driver": "replay", "options": { "file": "{{file}}", "rate": {{recordsPerSecond}} } }],
              "publishing": { "resendAfter": "1s" }{{more}}
            }
            """));
    }

    public string PublicKeyFile { get; }

    public void Start() => _process = ProgramUnderTest.Start(Project, Assembly, "run", "--config", _configuration, "--until-delivered");

    /// <summary>Starts it as at the river: it goes on when everything is delivered, and hears what is asked for later.</summary>
    public void StartForGood() => _process = ProgramUnderTest.Start(Project, Assembly, "run", "--config", _configuration);

    public void Kill()
    {
        _process!.Kill();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Waits until the replay has ended and every operator has receipted everything.</summary>
    public void WaitUntilDelivered() => Assert.Equal(0, _process!.WaitForExit(TimeSpan.FromSeconds(90)));

    /// <summary>How many records the outbox holds, over all runs.</summary>
    public JsonElement Status() => JsonDocument.Parse(ProgramUnderTest.Run(Project, Assembly, "status", "--config", _configuration)).RootElement;

    /// <summary>Writes every record to a file.</summary>
    public void Export(string file) => ProgramUnderTest.Run(Project, Assembly, "export", "--config", _configuration, "--to", file);

    public void Dispose() => _process?.Dispose();
}
