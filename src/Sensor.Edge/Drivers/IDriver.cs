using Sensor.Contracts;

namespace Sensor.Edge.Drivers;

/// <summary>
/// Reads one instrument. The sampler calls <see cref="ReadAsync"/> never concurrently for one driver, each time under the instrument's
/// timeout, and survives a driver that throws or never returns.
/// </summary>
internal interface IDriver : IAsyncDisposable
{
    /// <summary>What the driver reads; a failed read becomes one missing reading for each.</summary>
    IReadOnlyList<DriverChannel> Channels { get; }

    /// <summary>For a driver that brings its own times, the least time between two records; null for one that is read at wall-aligned slots.</summary>
    TimeSpan? DataPace { get; }

    /// <summary>Reads once. Bad answers are <see cref="DriverReply.Failed"/>, not exceptions.
    /// A driver that brings its own times may wait for them, and returns <see cref="DriverReply.Unchanged"/> well before its timeout. A driver does not wait for its next slot; the sampler does.</summary>
    Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation);
}

/// <summary>A parameter that a driver reads.</summary>
/// <param name="Parameter">National factor code.</param>
/// <param name="Unit">UCUM unit of its readings.</param>
internal sealed record DriverChannel(string Parameter, string Unit);

/// <summary>What the sampler asks for.</summary>
/// <param name="Slot">The wall-aligned instant; now, for a driver that brings its own times.</param>
/// <param name="Position">The position of the driver's last reply that is durable, or null when there is none.</param>
internal sealed record SampleRequest(Instant Slot, string? Position);

/// <summary>What came of a read.</summary>
internal abstract record DriverReply
{
    private DriverReply()
    {
    }

    /// <summary>Readings of one instant.</summary>
    /// <param name="Instant">The instant of the record.</param>
    /// <param name="Readings">1 to 256 readings.</param>
    /// <param name="Position">Where the driver stands after them; stored in the transaction of the record. Null changes nothing.</param>
    internal sealed record Sampled(Instant Instant, IReadOnlyList<Reading> Readings, string? Position = null) : DriverReply;

    /// <summary>Something happened that is no reading, such as an opened door.</summary>
    /// <param name="Event">What happened.</param>
    /// <param name="Position">Where the driver stands after it; stored in the transaction of the record. Null changes nothing.</param>
    internal sealed record Happened(StationEvent Event, string? Position = null) : DriverReply;

    /// <summary>There is nothing new, such as an analyser whose last result was read before. No record is made.</summary>
    internal sealed record Unchanged : DriverReply;

    /// <summary>Nothing will come any more in this run.</summary>
    internal sealed record Ended : DriverReply;

    /// <summary>The read failed; what follows from that is the sampler's decision.</summary>
    /// <param name="Kind">What may help.</param>
    /// <param name="Reason">The reason that the missing readings carry.</param>
    /// <param name="Detail">What happened, for a person; the first 128 characters travel with the readings.</param>
    internal sealed record Failed(FailureKind Kind, MissingReason Reason, string Detail) : DriverReply;
}

/// <summary>What may help against a failed read.</summary>
internal enum FailureKind
{
    /// <summary>The next read may succeed.</summary>
    Transient,

    /// <summary>The instrument says or shows that it is broken; someone has to go there.</summary>
    Faulted,

    /// <summary>The configuration does not fit the instrument or file; someone has to change it.</summary>
    Misconfigured,
}
