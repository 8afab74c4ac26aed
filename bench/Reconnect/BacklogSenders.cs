using Sensor.Contracts.Wire;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Reconnect;

/// <summary>Stations that reconnect at once, each on a connection of its own, each with at most a window of records without a receipt.</summary>
/// <remarks>They do not send again: how fast an ingest is shall not depend on how long a station waits.</remarks>
internal sealed class BacklogSenders
{
    /// <summary>A station keeps a quarter of its window of 1,024 for live records.</summary>
    private const int Window = 768;

    private const int LargestAnswer = 4_096;
    private const int Threads = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly List<Sender> _senders;
    private readonly Func<string, long> _through;

    /// <param name="port">The broker's port.</param>
    /// <param name="backlogs">What is sent.</param>
    /// <param name="through">Up to which record a station has receipts.</param>
    public BacklogSenders(int port, IReadOnlyList<Backlog> backlogs, Func<string, long> through) =>
        (_senders, _through) = ([.. backlogs.Select(backlog => new Sender(backlog, port))], through);

    /// <summary>Sends everything.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(_senders.Chunk((_senders.Count + Threads - 1) / Threads).Select(some => Task.Factory.StartNew(() => Run(some, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private void Run(Sender[] senders, CancellationToken stop)
    {
        while (senders.Any(sender => !sender.IsDone))
        {
            stop.ThrowIfCancellationRequested();
            var sent = false;
            foreach (var sender in senders)
            {
                sent |= sender.Send(_through(sender.Station));
            }

            if (!sent)
            {
                stop.WaitHandle.WaitOne(Pause);
            }
        }

        Array.ForEach(senders, sender => sender.Dispose());
    }

    private sealed class Sender(Backlog backlog, int port) : IDisposable
    {
        private readonly MqttSocket _socket = new(port, "bench-" + backlog.Station.Id, largestPacket: LargestAnswer);
        private int _sent;
        private int _acknowledged;

        public string Station => backlog.Station.Id;

        public bool IsDone => _acknowledged == backlog.Messages.Count;

        /// <summary>Sends what the window allows and takes what the broker said; false where there was nothing to do.</summary>
        public bool Send(long through)
        {
            var before = (_sent, _acknowledged);
            while (_sent < backlog.Messages.Count && ((long)_sent * Backlog.PerMessage) - through < Window)
            {
                _socket.Publish(Topics.Backlog(Station), _sent + 1, backlog.Messages[_sent]);
                _sent++;
            }

            _socket.Flush();
            while (_acknowledged < _sent && _socket.HasMore)
            {
                _socket.Read();
                _acknowledged++;
            }

            return before != (_sent, _acknowledged);
        }

        public void Dispose() => _socket.Dispose();
    }
}
