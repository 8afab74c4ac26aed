using Sensor.Compliance.Rules;
using Sensor.Compliance.Settlement;
using Sensor.Contracts;

namespace Sensor.Compliance.Agreements;

/// <summary>A compensation contract as a document: everything a decision depends on besides the observations and determinations.</summary>
/// <remarks>Made by <see cref="AgreementDocument"/>; docs/agreements.md describes every member. Immutable and thread-safe.</remarks>
public sealed record Agreement
{
    /// <summary>Its id, <c>[a-z0-9-]{1,64}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Which version it amends and from when; null where it is the first.</summary>
    public Amendment? Amends { get; init; }

    /// <summary>SHA-256 of the exact bytes of the document.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Why no money may move on it; null where the signed numbers are known.</summary>
    public required LocalText? IllustrativeBecause { get; init; }

    /// <summary>Its name.</summary>
    public required LocalText Title { get; init; }

    /// <summary>Who signs.</summary>
    public required IReadOnlyList<Party> Parties { get; init; }

    /// <summary>The sections it assesses.</summary>
    public required IReadOnlyList<AgreedSection> Sections { get; init; }

    /// <summary>The first local day in force.</summary>
    public required DateOnly InForceFrom { get; init; }

    /// <summary>The last local day in force.</summary>
    public required DateOnly InForceTo { get; init; }

    /// <summary>The offset of its calendar.</summary>
    public required UtcOffset Offset { get; init; }

    /// <summary>How it cuts time.</summary>
    public required WindowPlan Windows { get; init; }

    /// <summary>Days after the end of a window during which its outcome is provisional.</summary>
    public required Stated<int> CloseDays { get; init; }

    /// <summary>ISO 4217 code of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>Which observations may decide.</summary>
    public required DataRules Data { get; init; }

    /// <summary>Its parameters, in the order of the document.</summary>
    public required IReadOnlyList<AgreedParameter> Parameters { get; init; }

    /// <summary>Which mean decides.</summary>
    public required Stated<DecidingStatistic> Statistic { get; init; }

    /// <summary>How much must have been measured.</summary>
    public required Completeness Completeness { get; init; }

    /// <summary>Other minimums for which the trace shows what the verdict would have been.</summary>
    public required IReadOnlyList<Completeness> AlsoShow { get; init; }

    /// <summary>How much may be maintenance or flagged; null where the agreement does not limit it.</summary>
    public DataLimits? Limits { get; init; }

    /// <summary>What turns a window into a verdict and payments.</summary>
    public required Rule Rule { get; init; }

    /// <summary>How outcomes become money between the parties.</summary>
    public required SettlementRule Settlement { get; init; }

    /// <summary>The places in the document of everything stated that is less certain than known-high, in the order of reading.</summary>
    public required IReadOnlyList<string> Uncertain { get; init; }

    /// <summary>Whether some of its numbers are not known to be the signed ones, so that every outcome is illustrative.</summary>
    public bool Illustrative => IllustrativeBecause is not null;

    /// <summary>Whether a window lies wholly inside the period in force.</summary>
    public bool Covers(Window window) => window.From >= InForceFrom && window.To.AddDays(-1) <= InForceTo;

    /// <summary>The agreed parameter of a factor code.</summary>
    internal AgreedParameter ParameterOf(string code) => Parameters.First(p => p.Code == code);

    /// <summary>The agreed section of a name, or null.</summary>
    public AgreedSection? FindSection(string section) => Sections.FirstOrDefault(s => s.Section == section);
}
