namespace WaterWatch.Bench.Ingest;

/// <summary>Publishes a load as fast as the broker acknowledges, never far ahead of whoever takes it.</summary>
internal static class Publishing
{
    /// <summary>The most messages that the broker has not acknowledged.</summary>
    private const int Window = 500;

    /// <summary>The most messages that whoever takes them has not finished: stations wait for receipts likewise.</summary>
    private const int Lead = 5_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <param name="port">The broker's port.</param>
    /// <param name="load">What is sent.</param>
    /// <param name="finished">How many messages are finished by now; asked often.</param>
    /// <param name="stop">Ends it early.</param>
    public static void Run(int port, Load load, Func<long> finished, CancellationToken stop)
    {
        using var socket = new MqttSocket(port, "bench-publisher");
        var (sent, acknowledged) = (0, 0);
        while (acknowledged < load.Messages.Count)
        {
            stop.ThrowIfCancellationRequested();
            var most = (int)long.Min(load.Messages.Count, long.Min(acknowledged + Window, finished() + Lead));
            for (; sent < most && socket.Unsent < 65_536; sent++)
            {
                socket.Publish(load.Messages[sent].Topic, (sent % 65_000) + 1, load.Messages[sent].Payload);
            }

            socket.Flush();
            acknowledged += Acknowledgements(socket, sent - acknowledged, wait: sent >= most);
            if (sent == acknowledged)
            {
                SpinWait.SpinUntil(() => finished() + Lead > sent, LongestPause);
            }
        }
    }

    private static int Acknowledgements(MqttSocket socket, int due, bool wait)
    {
        var count = 0;
        for (; count < due && (socket.HasMore || (wait && count == 0)); count++)
        {
            var (_, body) = socket.Read();
            if (body.Length > 2 && body.Span[2] >= 0x80)
            {
                throw new IOException($"the broker refused a message: {body.Span[2]:x2}");
            }
        }

        return count;
    }
}
