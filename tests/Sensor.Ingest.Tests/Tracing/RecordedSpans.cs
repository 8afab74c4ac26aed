using System.Collections.Concurrent;
using System.Diagnostics;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Tracing;

namespace Sensor.Ingest.Tests.Tracing;

/// <summary>Every span of this process that has ended, of other tests too: follow one from another and do not count.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public RecordedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == IngestTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Named(string name) => [.. _ended.Where(span => span.OperationName == name)];

    /// <summary>The span in which another ran; it ends later.</summary>
    public Task<Activity> ParentOf(Activity span) => Ended(span.ParentSpanId);

    public async Task<IReadOnlyList<Activity>> CausesOf(Activity span) => await Task.WhenAll(span.Links.Select(link => Ended(link.Context.SpanId)));

    public void Dispose() => _listener.Dispose();

    private async Task<Activity> Ended(ActivitySpanId id)
    {
        await Until.True(() => _ended.Any(span => span.SpanId == id), $"the span {id}");
        return _ended.Single(span => span.SpanId == id);
    }
}
