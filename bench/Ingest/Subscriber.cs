namespace WaterWatch.Bench.Ingest;

/// <summary>Takes what the broker forwards, on a thread of its own, and acknowledges each message after it was handled.</summary>
internal sealed class Subscriber : IDisposable
{
    private readonly MqttSocket _socket;
    private readonly Action<string, ReadOnlyMemory<byte>> _handle;
    private readonly Thread _thread;
    private long _taken;
    private volatile bool _ended;

    /// <param name="port">The broker's port.</param>
    /// <param name="name">Its client id.</param>
    /// <param name="filters">What it subscribes to.</param>
    /// <param name="handle">Does something with topic and payload; the payload is good until it returns.</param>
    public Subscriber(int port, string name, IEnumerable<string> filters, Action<string, ReadOnlyMemory<byte>> handle)
    {
        (_socket, _handle) = (new MqttSocket(port, name), handle);
        foreach (var filter in filters)
        {
            _socket.Subscribe(filter);
        }

        _thread = new Thread(Loop) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>How many messages were handled.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>What ended it before its time.</summary>
    public Exception? Failure { get; private set; }

    public void Dispose()
    {
        _ended = true;
        _socket.Dispose();
        _thread.Join();
    }

    private void Loop()
    {
        try
        {
            while (!_ended)
            {
                Take();
            }
        }
        catch (Exception e)
        {
            Failure = _ended ? null : e;
        }
    }

    private void Take()
    {
        var (type, body) = _socket.Read();
        if (type == 3)
        {
            var (id, topic, payload) = MqttSocket.Message(body);
            _handle(topic, payload);
            _socket.Acknowledge(id);
            Interlocked.Increment(ref _taken);
        }

        if (!_socket.HasMore || _socket.Unsent > 1_000)
        {
            _socket.Flush();
        }
    }
}
