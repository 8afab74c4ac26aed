using System.Diagnostics;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Reconnect;

/// <summary>Healthy stations: one after another sends a record, at an even pace, and notes when the receipt came that covers it.</summary>
internal sealed class LiveSenders : IDisposable
{
    private readonly IReadOnlyList<BenchStation> _stations;
    private readonly TimeSpan _pace;
    private readonly MqttSocket _socket;
    private readonly Dictionary<string, Queue<(long Sequence, long Published)>> _open;
    private readonly List<double> _seconds = [];

    /// <param name="port">The broker's port.</param>
    /// <param name="stations">The stations.</param>
    /// <param name="period">How long until a station sends its next record.</param>
    public LiveSenders(int port, IReadOnlyList<BenchStation> stations, TimeSpan period)
    {
        (_stations, _pace, _socket) = (stations, period / stations.Count, new MqttSocket(port, "bench-live"));
        _open = stations.ToDictionary(s => s.Id, _ => new Queue<(long, long)>(), StringComparer.Ordinal);
    }

    /// <summary>The records sent so far.</summary>
    public long Sent => _stations.Sum(s => s.Sequence);

    /// <summary>The seconds from publishing to the receipt, of every record that has one, ascending.</summary>
    public IReadOnlyList<double> Seconds
    {
        get
        {
            lock (_open)
            {
                return [.. _seconds.Order()];
            }
        }
    }

    /// <summary>Sends until it is stopped.</summary>
    public void Run(CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        for (var count = 1; !stop.IsCancellationRequested; count++)
        {
            Send(_stations[count % _stations.Count], count);
            if ((_pace * count) - watch.Elapsed is { Ticks: > 0 } pause)
            {
                stop.WaitHandle.WaitOne(pause);
            }
        }
    }

    /// <summary>Takes a receipt of any station.</summary>
    public void Take(Receipt receipt)
    {
        lock (_open)
        {
            while (_open.TryGetValue(receipt.Station, out var open) && open.TryPeek(out var first) && first.Sequence <= receipt.Through)
            {
                _seconds.Add(Stopwatch.GetElapsedTime(open.Dequeue().Published).TotalSeconds);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Send(BenchStation station, int count)
    {
        var record = station.Next();
        lock (_open)
        {
            _open[station.Id].Enqueue((station.Sequence, Stopwatch.GetTimestamp()));
        }

        _socket.Publish(Topics.Records(station.Id), (count % 65_000) + 1, record.Bytes.ToArray());
        _socket.Flush();
        while (_socket.HasMore)
        {
            _socket.Read();
        }
    }
}
