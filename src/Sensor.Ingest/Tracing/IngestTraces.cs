using System.Diagnostics;
using System.Text.Json;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Tracing;

/// <summary>
/// The spans on the way of a record to an outcome. Many messages become one commit, and many commits cause one evaluation; there the later
/// span links to the earlier ones instead of being their child. While nobody listens every member returns at once.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal static class IngestTraces
{
    /// <summary>The name of the source of all spans.</summary>
    public const string SourceName = "Sensor.Ingest";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span in which the caller runs, where somebody records it.</summary>
    public static ActivityContext? Here => Activity.Current is { Recorded: true } here && here.Source == Source ? here.Context : null;

    /// <summary>A message of a station, from its arrival until its records are durable.</summary>
    public static Activity? Receive(string topic, int bytes)
    {
        var span = Source.StartActivity("receive message", ActivityKind.Consumer);
        span?.SetTag("messaging.system", "mqtt").SetTag("messaging.destination.name", topic).SetTag("messaging.message.body.size", bytes);
        return span;
    }

    /// <summary>Form, place, key and signature of everything in a message.</summary>
    public static Activity? Examine() => Source.StartActivity("examine message");

    /// <summary>Says what a message was found to hold.</summary>
    public static void Found(Activity? message, IReadOnlyList<Arrival> arrivals)
    {
        if (message is { IsAllDataRequested: true })
        {
            RecordTags.Set(message, arrivals);
        }
    }

    /// <summary>One transaction of the evidence; null where it holds nothing.</summary>
    /// <param name="messages">The spans of the messages whose records it takes.</param>
    /// <param name="arrivals">How many there are.</param>
    public static Activity? Commit(IEnumerable<ActivityContext?> messages, int arrivals)
    {
        var span = arrivals > 0 ? Root("commit evidence", ActivityKind.Internal, messages.OfType<ActivityContext>()) : null;
        return span?.SetTag("waterwatch.arrivals", arrivals);
    }

    /// <summary>Says what a transaction did.</summary>
    public static void Committed(Activity? commit, AppendResult result) => commit?
        .SetTag("waterwatch.new", result.Landings.Count(landing => landing is Landing.New or Landing.Fork)).SetTag("waterwatch.log.size", result.Checkpoint.Size);

    /// <summary>Says why a transaction is not durable.</summary>
    public static void Failed(Activity? span, Exception reason) => span?.SetStatus(ActivityStatusCode.Error, reason.Message);

    /// <summary>A receipt on its way to a station.</summary>
    public static Activity? Receipt(IEnumerable<ActivityContext> commits, string station, LifeId run)
    {
        var span = Root("publish receipt", ActivityKind.Producer, commits);
        return span?.SetTag("waterwatch.station", station).SetTag("waterwatch.run", run.ToString());
    }

    /// <summary>One evaluation of the agreements over the sections of some stations; null for all.</summary>
    public static Activity? Evaluate(IEnumerable<ActivityContext> commits, IReadOnlySet<string>? stations)
    {
        var span = Root("evaluate", ActivityKind.Internal, commits);
        return span?.SetTag("waterwatch.stations", stations?.Order(StringComparer.Ordinal).ToArray() ?? (object)"all");
    }

    /// <summary>One section in an evaluation.</summary>
    public static Activity? Assess(string section) => Source.StartActivity("assess section")?.SetTag("waterwatch.section", section);

    /// <summary>Tells of an outcome that was new, as what it was stored.</summary>
    public static void Taken(TakenOutcome taken)
    {
        using var span = Source.StartActivity(NameOf(taken.Succession));
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, taken.Outcome);
        }
    }

    private static void Describe(Activity span, Outcome outcome) => span
        .SetTag("waterwatch.agreement", outcome.Agreement.Id)
        .SetTag("waterwatch.section", outcome.Section)
        .SetTag("waterwatch.window", outcome.Window.Label)
        .SetTag("waterwatch.outcome", outcome.Digest.ToString())
        .SetTag("waterwatch.result", outcome.Result.ToString().ToLowerInvariant())
        .SetTag("waterwatch.cut", CutOf(outcome));

    private static string[] CutOf(Outcome outcome)
    {
        using var document = JsonDocument.Parse(outcome.ToBytes());
        return [.. document.RootElement.GetProperty("cut").GetProperty("stations").EnumerateArray().Select(
            s => $"{s.GetProperty("station").GetString()}/{s.GetProperty("run").GetString()}/{s.GetProperty("sequence")}")];
    }

    private static string NameOf(Succession succession) => succession switch
    {
        Succession.First or Succession.Supersedes => "issue outcome",
        Succession.LateFinding => "note late finding",
        _ => "keep standing",
    };

    private static Activity? Root(string name, ActivityKind kind, IEnumerable<ActivityContext> causes)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // A trace of its own: whoever happens to be current has not caused it.
        var before = Activity.Current;
        Activity.Current = null;
        var span = Source.StartActivity(kind, links: causes.Select(cause => new ActivityLink(cause)), name: name);
        Activity.Current = span ?? before;
        return span;
    }
}
