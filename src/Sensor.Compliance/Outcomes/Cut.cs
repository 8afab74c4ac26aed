using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes;

/// <summary>Which records a decision took in. Two operators with equal cuts have equal outcomes.</summary>
/// <remarks>
/// The digests of the agreement and the determinations, the semantics version and the as-of moment are added from the decision itself.
/// A cut never tells what arrived when. Immutable and thread-safe.
/// </remarks>
public sealed record Cut
{
    /// <summary>The digest of the registry that told which key speaks for which station; null for a bare file.</summary>
    public Digest? Registry { get; init; }

    /// <summary>The last record of each run; empty for a bare file.</summary>
    public IReadOnlyList<CutStation> Stations { get; init; } = [];

    /// <summary>SHA-256 of a bare file of observations; null where stations are named.</summary>
    public Digest? Observations { get; init; }

    /// <summary>SHA-256 of a bare file of checks and calibrations; null where there is none.</summary>
    public Digest? Checks { get; init; }

    /// <summary>The files of joint samples of which something bears on the window; empty where there are none.</summary>
    public IReadOnlyList<CutSamples> Samples { get; init; } = [];

    /// <summary>The member <c>cut</c> of an outcome.</summary>
    internal JsonObject ToJson(Digest agreement, Digest? determinations, string? asOf, long repeats) => new JsonObject
    {
        { "semantics", Semantics.Version },
        { "agreement", agreement.ToString() },
        { "registry", Registry?.ToString() },
        { "determinations", determinations?.ToString() },
        { "stations", JsonList.Of(Stations.Order(), s => s.ToJson()) },
        { "observations", Observations is { } digest ? new JsonObject { { "sha256", digest.ToString() } } : null },
        { "asOf", asOf },
        { "repeats", repeats },
    }.With("checks", Checks is { } checks ? new JsonObject { { "sha256", checks.ToString() } } : null)
    .With("samples", Samples.Count > 0 ? JsonList.Of(Samples.OrderBy(s => s.Digest), s => s.ToJson()) : null);
}
