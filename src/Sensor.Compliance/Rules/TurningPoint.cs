using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Rules;

/// <summary>A limit at which the verdict changes, and a quantity that is compared with it.</summary>
/// <param name="TierId">The tier that is reached when the limit is met, or the clause that turns.</param>
/// <param name="Parameter">The parameter whose mean is compared; null where it is an index or measure.</param>
/// <param name="Limit">The limit.</param>
/// <param name="LowerIsBetter">Whether the limit is met from below.</param>
/// <param name="Unit">The amount of each parameter for which a missing day counts as 1: its baseline, or 1 of its unit; null where the quantity is not linear.</param>
/// <param name="Quantity">The quantity, unrounded; null where it cannot be told. Linear in each mean where <paramref name="Unit"/> is given.</param>
/// <param name="Measure">The id of the measure that is compared, for rules that have measures.</param>
internal sealed record TurningPoint(
    string TierId,
    string? Parameter,
    ExactDecimal Limit,
    bool LowerIsBetter,
    IReadOnlyDictionary<string, ExactDecimal>? Unit,
    Func<RuleScope, ExactDecimal?> Quantity,
    string? Measure = null);
