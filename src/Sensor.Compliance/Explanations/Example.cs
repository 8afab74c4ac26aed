using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Explanations;

/// <summary>A made-up window for which an agreement is computed to show what it does.</summary>
/// <param name="Label">What is supposed.</param>
/// <param name="Here">The amount of each parameter on every day of the window.</param>
/// <param name="Elsewhere">The same at the other sections and in the other windows that the rule compares with.</param>
internal sealed record Example(LocalText Label, IReadOnlyDictionary<string, ExactDecimal> Here, IReadOnlyDictionary<string, ExactDecimal> Elsewhere);
