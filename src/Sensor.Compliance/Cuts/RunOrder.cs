using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>The station's own order of its runs: how many each names before itself. Arrival does not matter.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="before">Which run each run names before itself.</param>
public sealed class RunOrder(IReadOnlyDictionary<LifeId, LifeId> before)
{
    private readonly Dictionary<LifeId, int> _depths = [];

    /// <summary>How many runs lie before a run, itself included. Runs that name each other in a circle count once each.</summary>
    public int DepthOf(LifeId run)
    {
        if (!_depths.TryGetValue(run, out var depth))
        {
            var seen = new HashSet<LifeId> { run };
            for (var at = run; before.TryGetValue(at, out var previous) && seen.Add(previous); at = previous)
            {
            }

            _depths.Add(run, depth = seen.Count);
        }

        return depth;
    }
}
