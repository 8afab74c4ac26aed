using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules;

/// <summary>What a rule makes of a window.</summary>
/// <param name="Result">Pass, fail or indeterminate.</param>
/// <param name="Reasons">Why, at least one.</param>
/// <param name="Found">What was computed, where everything needed exists; it decides only when the result is not indeterminate.</param>
/// <param name="Dues">Who owes whom; empty where nobody pays or nothing is decided.</param>
internal sealed record Ruling(OutcomeResult Result, IReadOnlyList<Reason> Reasons, RuleResult? Found, IReadOnlyList<Due> Dues);
