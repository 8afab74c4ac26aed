using System.Diagnostics;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tracing;

/// <summary>Which records a span is about: station, run and range of sequences as attributes, a further run in the same message as an event.</summary>
internal static class RecordTags
{
    /// <summary>Sets the attributes of a message's span.</summary>
    public static void Set(Activity span, IReadOnlyList<Arrival> arrivals)
    {
        var runs = arrivals.Select(HeaderOf).OfType<RecordHeader>().GroupBy(header => (header.Station, header.Run)).Select(Tags).ToList();
        foreach (var (name, value) in runs.FirstOrDefault([]))
        {
            span.SetTag(name, value);
        }

        foreach (var further in runs.Skip(1))
        {
            span.AddEvent(new ActivityEvent("further run", tags: new ActivityTagsCollection(further)));
        }

        foreach (var refused in arrivals.OfType<RefusedArrival>())
        {
            span.AddEvent(new ActivityEvent("refused", tags: new ActivityTagsCollection([new("waterwatch.reason", refused.Reason)])));
        }
    }

    private static RecordHeader? HeaderOf(Arrival arrival) => arrival switch
    {
        RecordArrival record => record.Decoded.Header,
        PendingArrival pending => pending.Header,
        _ => null,
    };

    private static KeyValuePair<string, object?>[] Tags(IGrouping<(string Station, LifeId Run), RecordHeader> run) =>
    [
        new("waterwatch.station", run.Key.Station),
        new("waterwatch.run", run.Key.Run.ToString()),
        new("waterwatch.sequence.first", run.Min(header => header.Sequence)),
        new("waterwatch.sequence.last", run.Max(header => header.Sequence)),
    ];
}
