using System.Threading.Channels;
using Sensor.Edge.Buses;

namespace Sensor.Edge.Tests.Support;

/// <summary>A line whose other end is a function from what was written to the pieces that come back.</summary>
internal sealed class ScriptedLine(Func<byte[], IEnumerable<byte[]>> answer) : IByteLine
{
    private readonly Channel<byte[]> _arrived = Channel.CreateUnbounded<byte[]>();
    private byte[] _rest = [];

    /// <summary>Every write, in order.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>The lengths of every break.</summary>
    public List<TimeSpan> Breaks { get; } = [];

    /// <summary>How often unread bytes were thrown away.</summary>
    public int Discards { get; private set; }

    public TimeSpan CharacterTime { get; init; }

    /// <summary>Lets bytes arrive that nobody asked for.</summary>
    public void Push(byte[] bytes) => _arrived.Writer.TryWrite(bytes);

    /// <summary>Lets the line break after what has arrived.</summary>
    public void Break(string reason) => _arrived.Writer.TryComplete(new IOException(reason));

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Sent.Add(bytes.ToArray());
        foreach (var piece in answer(bytes.ToArray()))
        {
            Push(piece);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_rest.Length == 0)
        {
            _rest = await Next(cancellation);
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.AsMemory(0, count).CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public void Discard()
    {
        Discards++;
        _rest = [];
        while (_arrived.Reader.TryRead(out _))
        {
        }
    }

    public Task BreakAsync(TimeSpan duration, CancellationToken cancellation)
    {
        Breaks.Add(duration);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<byte[]> Next(CancellationToken cancellation)
    {
        try
        {
            return await _arrived.Reader.ReadAsync(cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw e.InnerException ?? new IOException("closed");
        }
    }
}
