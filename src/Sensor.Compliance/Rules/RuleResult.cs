using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules;

/// <summary>What a rule found.</summary>
/// <param name="Met">Whether the agreed quality is met.</param>
/// <param name="Tier">The tier reached, or the first clause that applies; null where none does.</param>
/// <param name="Index">The index as compared with the limits; null for rules without one.</param>
/// <param name="WaterClass">The class reached, <c>I</c> to <c>V</c> or <c>worse-than-V</c>; null for rules without one.</param>
/// <param name="Reason">The comparison that decided.</param>
/// <param name="Steps">The computation, step by step.</param>
internal sealed record RuleResult(bool Met, Tier? Tier, ExactDecimal? Index, string? WaterClass, Reason Reason, JsonObject Steps);
