using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Interop.Json;

/// <summary>A broker of others, heard on one connection.</summary>
internal sealed class JsonListener(JsonImportConfiguration import, JsonIntake intake, ILogger logger, TimeProvider time) : IAsyncDisposable
{
    // What is too large shall come, and become a dead letter: what a client says that it cannot take, a broker drops without a word.
    private readonly BrokerConnection _connection = new(
        import.Connect, new LimitsConfiguration { MessageBytes = WireLimits.Message, ReceiveMaximum = import.Limits.ReceiveMaximum }, "import", import.Filter, intake, logger, time);

    /// <summary>Whether the broker is connected and brings messages.</summary>
    public bool Connected => _connection.Connected;

    public void Start() => _connection.Start();

    public async ValueTask DisposeAsync()
    {
        await _connection.StopAsync();
        await intake.DrainAsync();
        _connection.Dispose();
    }
}
