using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Outbox;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Tests.Support;

/// <summary>Valid things to begin with.</summary>
internal static class Some
{
    public const string Deployment = "xinan";
    public const string Station = "JK-1";

    public static Microsoft.Extensions.Logging.ILogger Logger => NullLogger.Instance;

    public static StationConfiguration Configuration(TestFolder folder, IEnumerable<(string Id, SigningKey Key)> operators, int port = 1, params InstrumentConfiguration[] instruments) =>
        Configuration(folder["data"], operators, port, instruments);

    public static StationConfiguration Configuration(string data, IEnumerable<(string Id, SigningKey Key)> operators, int port = 1, params InstrumentConfiguration[] instruments) => new()
    {
        Deployment = Deployment,
        Station = Station,
        DataDirectory = data,
        Mqtt = new MqttConfiguration { Host = "127.0.0.1", Port = port },
        Operators = [.. operators.Select(o => new OperatorConfiguration(o.Id, o.Key.Public.Pem))],
        Instruments = instruments.Length > 0 ? instruments : [Simulated("probe", TimeSpan.FromHours(4))],
        Digest = Digest.Of("a configuration"u8),
    };

    public static InstrumentConfiguration Simulated(string id, TimeSpan cadence) => new() { Id = id, Cadence = cadence, Timeout = TimeSpan.FromMilliseconds(cadence.TotalMilliseconds / 2), Options = new SimulatedOptions() };

    public static InstrumentConfiguration Replay(string file, string id = "archive", int rate = 0) => new() { Id = id, Options = new ReplayOptions { File = file, Rate = rate } };

    public static StationClock Clock(TimeProvider? time = null) => new(time ?? TimeProvider.System, new FakeKernelClock(time));

    public static ReadingsBody Body(int number = 1) => new(
        new Instant(1_600_000_000_000 + (number * 60_000L)),
        [new Reading
        {
            Parameter = ParameterCatalogue.CodMn,
            Value = new MeasuredValue(100 + number, -2),
            Unit = "mg/L",
            Flag = "N",
            Instrument = "probe",
            SampledFrom = new Instant(1_600_000_000_000 + (number * 60_000L)),
            SampledTo = new Instant(1_600_000_000_000 + (number * 60_000L)),
        }]);

    /// <summary>A file of observations, one an hour, each value its own number.</summary>
    public static string Csv(int records)
    {
        var text = new StringBuilder("section,time,parameter,value,unit,flag\n");
        for (var i = 1; i <= records; i++)
        {
            var time = DateTimeOffset.UnixEpoch.AddHours(i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"Jiekou,{time},w01019,{i}.5,mg/L,N\n");
        }

        return text.ToString();
    }

    public static StationOutbox Outbox(StationConfiguration configuration, ISigner key, StationClock? clock = null) => StationOutbox.Open(configuration, key, clock ?? Clock(), EdgeHost.Software);
}
