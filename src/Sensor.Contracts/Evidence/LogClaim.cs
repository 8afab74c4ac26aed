using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Evidence;

/// <summary>Something that an operator signed and that says which root its log had at a size: a receipt or a checkpoint.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Operator">The operator.</param>
/// <param name="KeyId">The key that signed.</param>
/// <param name="Size">The size.</param>
/// <param name="Root">The root at that size.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="Bytes">The signed bytes, to be shown to others.</param>
public sealed record LogClaim(string Operator, Digest KeyId, long Size, Digest Root, string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The digest of a receipt; of a checkpoint nothing.</summary>
    public Digest Envelope { get; init; }

    /// <summary>Whether it is a checkpoint: what the operator shows to everybody.</summary>
    public bool IsCheckpoint { get; init; }

    /// <summary>The log before, as a checkpoint names it.</summary>
    public ContinuedLog? Continues { get; init; }

    /// <summary>What a receipt says.</summary>
    public static LogClaim Of(Envelope envelope, Receipt receipt) =>
        new(receipt.Operator, envelope.KeyId, receipt.LogSize, receipt.LogRoot, $"the receipt {envelope.Digest} for {receipt.Station} of {receipt.Time}", envelope.Bytes) { Envelope = envelope.Digest };

    /// <summary>What a checkpoint says, whose signature by a key holds.</summary>
    public static LogClaim Of(SignedCheckpoint note, PublicKey key) =>
        new(note.Checkpoint.Origin.Operator, key.Id, note.Checkpoint.Size, note.Checkpoint.Root, $"the checkpoint of {note.Checkpoint.Origin}", note.Bytes)
        {
            IsCheckpoint = true,
            Continues = note.Checkpoint.Continues,
        };
}

/// <summary>What two signed claims of one operator show together.</summary>
public enum LogFindingKind
{
    /// <summary>Two roots at one size: the operator has shown two histories.</summary>
    TwoRoots = 1,

    /// <summary>A size beyond all that the operator shows: it has signed more than it lets see.</summary>
    Ahead = 2,

    /// <summary>As one of the two before, but the operator says in its signed checkpoint that the log was put back to a smaller size and goes on as another.</summary>
    PutBack = 3,
}

/// <summary>Two signed claims that do not go together, or only by what the operator says about it.</summary>
/// <param name="Kind">What they show.</param>
/// <param name="Claim">What somebody was given.</param>
/// <param name="Shown">What the operator shows.</param>
/// <param name="RootShown">The root of what is shown at the size of the claim; null where it is smaller.</param>
public sealed record LogFinding(LogFindingKind Kind, LogClaim Claim, LogClaim Shown, Digest? RootShown)
{
    /// <summary>The name of the finding.</summary>
    public string Name => Kind switch { LogFindingKind.TwoRoots => "two-roots", LogFindingKind.Ahead => "ahead", _ => "put-back" };

    /// <summary>The finding in words.</summary>
    public string Words => $"{Name}: {Claim.Operator} signed in {Claim.Name} that its log had {Claim.Size} records and the root {Claim.Root}; "
        + (RootShown is { } root ? $"by {Shown.Name} with {Shown.Size} records the root at that size is {root}" : $"{Shown.Name} has only {Shown.Size} records")
        + (Kind == LogFindingKind.PutBack ? "; a checkpoint of the operator says that the log was put back before this size" : "");
}
