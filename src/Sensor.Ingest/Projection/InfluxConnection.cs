using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Projection;

/// <summary>What the service and the rebuild both stand on: the server, the evidence and what is remembered of them.</summary>
internal sealed class InfluxConnection : IDisposable
{
    // An answer that takes longer than this helps nobody: the lines are sent again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private InfluxConnection(IInfluxServer server, IngestConfiguration configuration, Action<int, string, string> refused, TimeProvider time)
    {
        (Server, Evidence, Store) = (server, EvidenceCursor.Open(configuration), ProjectionStore.Open(configuration.DataDirectory));
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
    /// <param name="configuration">The ingest, with an InfluxDB.</param>
    /// <param name="refused">Told how many lines the server will never take, the first of them, and what it said.</param>
    /// <param name="time">The clock of the pointer.</param>
    /// <param name="patience">How long an answer may take; 30 s by default.</param>
    public static InfluxConnection Open(IngestConfiguration configuration, Action<int, string, string> refused, TimeProvider time, TimeSpan? patience = null) =>
        new(ServerOf(configuration.Influx, patience ?? Patience), configuration, refused, time);

    public void Dispose()
    {
        Server.Dispose();
        Evidence.Dispose();
        Store.Dispose();
    }

    private static IInfluxServer ServerOf(InfluxConfiguration? configuration, TimeSpan patience) => configuration switch
    {
        InfluxV1Configuration v1 => new InfluxV1Server(v1, patience),
        InfluxV2Configuration v2 => new InfluxV2Server(v2, patience),
        _ => throw new ArgumentException("No InfluxDB is configured.", nameof(configuration)),
    };
}
