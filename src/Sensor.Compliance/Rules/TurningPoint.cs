using Sensor.Compliance.Arithmetic;

namespace Sensor.Compliance.Rules;

/// <summary>A limit at which the tier changes, and a quantity that is compared with it.</summary>
/// <param name="TierId">The tier that is reached when the limit is met.</param>
/// <param name="Parameter">The parameter whose mean is compared; null where it is an index of all.</param>
/// <param name="Limit">The limit.</param>
/// <param name="LowerIsBetter">Whether the limit is met from below.</param>
/// <param name="Unit">The amount of each parameter for which a missing day counts as 1: its baseline, or 1 of its unit.</param>
/// <param name="Quantity">The quantity from the means, unrounded; linear in each of them.</param>
internal sealed record TurningPoint(
    string TierId,
    string? Parameter,
    ExactDecimal Limit,
    bool LowerIsBetter,
    IReadOnlyDictionary<string, ExactDecimal> Unit,
    Func<IReadOnlyDictionary<string, ExactDecimal>, ExactDecimal> Quantity);
