using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Statistics;

/// <summary>A source that stood in for others of a parameter in a span.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Span">The span.</param>
/// <param name="Source">The source that supplied the values.</param>
/// <param name="InsteadOf">The preferred sources with what they had, in the order of the agreement; where a determination decided, every other source that had values.</param>
/// <param name="DeterminationId">The determination that decided so; null where precedence did.</param>
internal sealed record Substitution(
    AgreedParameter Parameter, SourceSpan Span, DataSource Source, IReadOnlyList<ReplacedSource> InsteadOf, string? DeterminationId);

/// <summary>A source in whose place another stood.</summary>
/// <param name="Source">The source.</param>
/// <param name="Had">What it had: values where a determination decided, else what the span's minimum is counted in.</param>
/// <param name="Needed">What would have been enough; null where a determination decided.</param>
internal sealed record ReplacedSource(DataSource Source, int Had, int? Needed);
