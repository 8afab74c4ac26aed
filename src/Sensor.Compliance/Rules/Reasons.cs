using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Rules;

/// <summary>Works on lists of reasons.</summary>
internal static class Reasons
{
    /// <summary>Each reason once, in the order of its first occurrence. Two are the same when their English sentence and code are.</summary>
    public static IReadOnlyList<Reason> Distinct(IEnumerable<Reason> reasons) => [.. reasons.DistinctBy(r => (r.Code, r.En))];
}
