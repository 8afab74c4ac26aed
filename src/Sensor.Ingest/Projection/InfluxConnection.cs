using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Projection;

/// <summary>What the service and the rebuild both stand on: the server, the evidence and what is remembered of them.</summary>
internal sealed class InfluxConnection : IDisposable
{
    // An answer that takes longer than this helps nobody: the lines are sent again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private InfluxConnection(IInfluxServer server, string dataDirectory, Action<int, string, string> refused, TimeProvider time)
    {
        (Server, Evidence, Store) = (server, EvidenceCursor.Open(dataDirectory), ProjectionStore.Open(dataDirectory));
        Pointer = new GenerationPointer(server, time);
        Change = new GenerationChange(Store, server, Pointer);
        Projector = new Projector(Evidence, Store, server, new LineWriter(server, refused));
    }

    public IInfluxServer Server { get; }

    public EvidenceCursor Evidence { get; }

    public ProjectionStore Store { get; }

    public GenerationPointer Pointer { get; }

    public GenerationChange Change { get; }

    public Projector Projector { get; }

    /// <summary>Opens files; the server is asked nothing yet.</summary>
    /// <param name="configuration">Where the server is.</param>
    /// <param name="dataDirectory">The folder of the evidence.</param>
    /// <param name="refused">Told how many lines the server will never take, the first of them, and what it said.</param>
    /// <param name="time">The clock of the pointer.</param>
    /// <param name="patience">How long an answer may take; 30 s by default.</param>
    public static InfluxConnection Open(InfluxConfiguration configuration, string dataDirectory, Action<int, string, string> refused, TimeProvider time, TimeSpan? patience = null) =>
        new(ServerOf(configuration, patience ?? Patience), dataDirectory, refused, time);

    public void Dispose()
    {
        Server.Dispose();
        Evidence.Dispose();
        Store.Dispose();
    }

    private static IInfluxServer ServerOf(InfluxConfiguration configuration, TimeSpan patience) => configuration switch
    {
        InfluxV1Configuration v1 => new InfluxV1Server(v1, patience),
        InfluxV2Configuration v2 => new InfluxV2Server(v2, patience),
        _ => throw new ArgumentException("No InfluxDB is configured.", nameof(configuration)),
    };
}
