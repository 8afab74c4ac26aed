using Sensor.Contracts;

namespace Sensor.Edge.Sampling;

/// <summary>
/// Joins what several instruments said of one instant into one record: a signature and a place on the storage for all of them, as long as they come
/// at the same time. What comes later has a record of its own.
/// </summary>
internal static class SlotRecords
{
    private const int MostReadings = 64;

    /// <summary>The same bodies in their order, readings of one instant at the place of the first.</summary>
    public static IReadOnlyList<RecordBody> Joined(IReadOnlyList<RecordBody> bodies)
    {
        if (bodies.Count == 1)
        {
            return bodies;
        }

        var joined = new List<RecordBody>();
        foreach (var body in bodies)
        {
            var place = body is ReadingsBody readings ? joined.FindIndex(other => IsOneWith(other, readings)) : -1;
            if (place < 0)
            {
                joined.Add(body);
            }
            else
            {
                var first = (ReadingsBody)joined[place];
                joined[place] = first with { Readings = [.. first.Readings, .. ((ReadingsBody)body).Readings] };
            }
        }

        return joined;
    }

    private static bool IsOneWith(RecordBody other, ReadingsBody readings) =>
        other is ReadingsBody first && first.Instant == readings.Instant && first.Readings.Count + readings.Readings.Count <= MostReadings
        && !first.Readings.Any(a => readings.Readings.Any(b => a.Instrument == b.Instrument));
}
