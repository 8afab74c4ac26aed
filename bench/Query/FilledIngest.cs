using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Query;

/// <summary>An ingest that holds a year of every section, received through a broker in order of time: the records of one section lie far apart.</summary>
internal sealed class FilledIngest : IDisposable
{
    /// <summary>The moments of a year of 365 days, every four hours.</summary>
    public const int Moments = 2_190;

    // Divides the moments.
    private const int PerMessage = 30;
    private readonly MosquittoServer _broker;

    private FilledIngest(MosquittoServer broker, IngestServer server, IReadOnlyList<string> stations) => (_broker, Server, Stations) = (broker, server, stations);

    public IngestServer Server { get; }

    /// <summary>The stations, each at a section of its own.</summary>
    public IReadOnlyList<string> Stations { get; }

    public static async Task<FilledIngest> FillAsync(int sections)
    {
        using var load = Load.Sign(sections, (long)sections * Moments, PerMessage);
        var broker = MosquittoServer.Start();
        var server = await IngestServer.StartAsync(broker.Port, load.Stations);
        var messages = 0L;
        var sending = Task.Run(() => Publishing.Run(broker.Port, load, () => Interlocked.Read(ref messages), default));
        for (var size = 0L; size < load.Records && !sending.IsFaulted; await Task.Delay(100))
        {
            size = await server.SizeAsync();
            Interlocked.Exchange(ref messages, size / PerMessage);
        }

        await sending;
        return new FilledIngest(broker, server, [.. load.Stations.Select(s => s.Id)]);
    }

    public void Dispose()
    {
        Server.Dispose();
        _broker.Dispose();
    }
}
