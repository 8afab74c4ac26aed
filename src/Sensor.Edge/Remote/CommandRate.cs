namespace Sensor.Edge.Remote;

/// <summary>How many commands an operator may have answered: each makes a record, and records must not be many for nothing.</summary>
internal sealed class CommandRate(TimeProvider time)
{
    public const int MostPerHour = 60;
    private readonly Dictionary<string, Queue<long>> _answered = new(StringComparer.Ordinal);

    /// <summary>Whether one more is allowed now; it counts then.</summary>
    public bool Allows(string operatorId)
    {
        if (!_answered.TryGetValue(operatorId, out var moments))
        {
            _answered.Add(operatorId, moments = new Queue<long>());
        }

        while (moments.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= TimeSpan.FromHours(1))
        {
            moments.Dequeue();
        }

        var allowed = moments.Count < MostPerHour;
        if (allowed)
        {
            moments.Enqueue(time.GetTimestamp());
        }

        return allowed;
    }
}
