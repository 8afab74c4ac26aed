using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts.Evidence;

namespace Sensor.Compliance.Bundles;

/// <summary>One thing that was checked, in words for an auditor.</summary>
/// <param name="Subject">What was checked, such as <c>container</c> or <c>station JIEKOU</c>.</param>
/// <param name="Words">What was found.</param>
public sealed record BundleCheck(string Subject, string Words);

/// <summary>What the verification of a bundle found.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Held">What holds, in the order in which it was checked.</param>
/// <param name="Broken">The first thing that does not hold; null where everything does. Nothing after it was checked.</param>
public sealed record BundleReport(IReadOnlyList<BundleCheck> Held, BundleCheck? Broken)
{
    /// <summary>Whether everything holds.</summary>
    public bool Holds => Broken is null;

    /// <summary>The manifest, once it was read.</summary>
    public BundleManifest? Manifest { get; init; }

    /// <summary>The outcome, where everything holds.</summary>
    public OutcomeDocument? Outcome { get; init; }

    /// <summary>What was signed about logs, where everything holds: the checkpoint of the operator, and the receipts of every operator that the records name.</summary>
    public IReadOnlyList<LogClaim> LogClaims { get; init; } = [];

    /// <summary>The computation, where everything holds: so that it can be repeated under other determinations.</summary>
    public BundleComputation? Computation { get; init; }
}
