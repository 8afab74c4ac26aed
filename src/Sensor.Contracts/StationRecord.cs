namespace Sensor.Contracts;

/// <summary>Who a record is: the members that every version of the record has and that alone give it a place.</summary>
/// <remarks>(station, run, sequence) is the identity; two digests for one identity are a fork.</remarks>
public sealed record RecordHeader
{
    /// <summary>The version of the record format.</summary>
    public required int Version { get; init; }

    /// <summary>The deployment the record belongs to, <c>[a-z0-9-]{1,32}</c>.</summary>
    public required string Deployment { get; init; }

    /// <summary>The station that signs, <c>[A-Z0-9-]{1,32}</c>.</summary>
    public required string Station { get; init; }

    /// <summary>The process life of the station.</summary>
    public required LifeId Run { get; init; }

    /// <summary>The place within the run, from 1 without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>The digest of the record before it in the run; null exactly for sequence 1.</summary>
    public Digest? Previous { get; init; }

    /// <summary>The run before, as the station last knew it; only in sequence 1, and null there when the station knows of none.</summary>
    public PreviousRun? PreviousRun { get; init; }
}

/// <summary>The end of the run before, as the station last knew it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Sequence">Its last known sequence.</param>
/// <param name="Digest">The digest of that record.</param>
public sealed record PreviousRun(LifeId Run, long Sequence, Digest Digest);

/// <summary>What a station signs: the readings of one instant, an event, or a loss, and the circumstances of the signature.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StationRecord
{
    /// <summary>The version of the format that this code writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Who the record is.</summary>
    public required RecordHeader Header { get; init; }

    /// <summary>The station's wall clock when it signed.</summary>
    public required Instant Wall { get; init; }

    /// <summary>Milliseconds of CLOCK_BOOTTIME when it signed; never steps, counts through suspend.</summary>
    public required long BootMilliseconds { get; init; }

    /// <summary>The boot of the kernel to which <see cref="BootMilliseconds"/> belongs.</summary>
    public required LifeId Boot { get; init; }

    /// <summary>How far the wall clock could be trusted.</summary>
    public required ClockState Clock { get; init; }

    /// <summary>SHA-256 of the configuration in force.</summary>
    public required Digest Configuration { get; init; }

    /// <summary>
    /// The last receipt verified from each operator, in ordinal order of the operator: the record was signed after it.
    /// </summary>
    public IReadOnlyList<ReceiptSeen> Receipts { get; init; } = [];

    /// <summary>What the record says.</summary>
    public required RecordBody Body { get; init; }
}

/// <summary>The digest of the last receipt that a station had verified from an operator.</summary>
/// <param name="Operator">The operator, <c>[a-z0-9-]{1,32}</c>.</param>
/// <param name="Receipt">The digest of the receipt's envelope.</param>
public sealed record ReceiptSeen(string Operator, Digest Receipt);

/// <summary>What a record says.</summary>
public abstract record RecordBody;

/// <summary>The readings of one instant.</summary>
/// <param name="Instant">The instant for which the station sampled; wall-aligned where the station chose it.</param>
/// <param name="Readings">1 to 256 readings.</param>
public sealed record ReadingsBody(Instant Instant, IReadOnlyList<Reading> Readings) : RecordBody;

/// <summary>Something that happened at the station.</summary>
/// <param name="Event">What happened.</param>
public sealed record EventBody(StationEvent Event) : RecordBody;

/// <summary>Records that the station had signed and can no longer deliver. Signed and sent before anything newer.</summary>
public sealed record LossBody : RecordBody
{
    /// <summary>The run that lost records.</summary>
    public required LifeId Run { get; init; }

    /// <summary>The first sequence lost.</summary>
    public required long First { get; init; }

    /// <summary>The last sequence lost; not below <see cref="First"/>.</summary>
    public required long Last { get; init; }

    /// <summary>The digest of the first one, where it is still known.</summary>
    public Digest? FirstDigest { get; init; }

    /// <summary>The digest of the last one, where it is still known.</summary>
    public Digest? LastDigest { get; init; }

    /// <summary>How many records were lost; at most Last − First + 1.</summary>
    public required long Count { get; init; }

    /// <summary>Why.</summary>
    public required LossReason Reason { get; init; }
}

/// <summary>Why records were lost.</summary>
public enum LossReason
{
    /// <summary>The space bound of the outbox was reached.</summary>
    Space = 1,

    /// <summary>The age bound of the outbox was reached.</summary>
    Age = 2,

    /// <summary>The storage returned something else than what was written.</summary>
    Corruption = 3,
}
