using Sensor.Contracts.Keys;

namespace WaterWatch.Bench.Edge;

/// <summary>A broker that is down until it is told to begin, and an operator behind it.</summary>
internal sealed class DelayedOperator(int port) : IAsyncDisposable
{
    private MosquittoServer? _broker;
    private BenchOperator? _operator;

    public int Port => port;

    public SigningKey Key { get; } = SigningKey.Create();

    public async Task<BenchOperator> BeginAsync()
    {
        _broker = MosquittoServer.Start(port);
        return _operator = await BenchOperator.ConnectAsync(port, Key);
    }

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        _broker?.Dispose();
        Key.Dispose();
    }
}
