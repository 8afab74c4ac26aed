using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Gaps;

/// <summary>A gap as the API shows it.</summary>
/// <param name="Station">The station.</param>
/// <param name="Run">The run.</param>
/// <param name="First">The first sequence that lacks.</param>
/// <param name="Last">The last one.</param>
/// <param name="Sign">between, successor or receipted: how it is known.</param>
/// <param name="State">waiting, asked, silent, unanswered or refused.</param>
/// <param name="Reason">The state in words.</param>
/// <param name="Asked">How often the run was asked for since the service began.</param>
/// <param name="LastAsked">When it was asked for last; null before the first time.</param>
public sealed record GapView(string Station, string Run, long First, long Last, string Sign, string State, string Reason, int Asked, string? LastAsked)
{
    /// <summary>After so many requests that a station heard, as its records show, and did not answer, the gap is named unanswered.</summary>
    internal const int Unheeded = 3;

    internal static GapView Of(Gap gap, RunRequest? request, bool refused)
    {
        var (state, reason) = Judge(request, refused);
        return new GapView(gap.Station, gap.Run.ToString(), gap.First, gap.Last, gap.Sign.ToString().ToLowerInvariant(), state, reason, request?.Asked ?? 0, request?.AskedAt?.ToString());
    }

    private static (string State, string Reason) Judge(RunRequest? request, bool refused) => request switch
    {
        _ when refused => ("refused", "every key of the station is revoked: what it sends is refused, so it is not asked"),
        null or { Asked: 0 } => ("waiting", "not asked for yet: a station sends by itself what was never receipted"),
        { Unheeded: >= Unheeded } => ("unanswered", "the station was heard after each of several requests, and neither the records nor a signed loss came: its outbox may not know the run any more, as after a change of its storage"),
        { Heard: false } => ("silent", "asked for; the station was not heard since"),
        _ => ("asked", "asked for"),
    };
}

/// <summary>Records that will never come, as the station has signed.</summary>
/// <param name="Station">The station.</param>
/// <param name="Run">The run that lost them.</param>
/// <param name="First">The first sequence.</param>
/// <param name="Last">The last sequence.</param>
/// <param name="Lacks">How many of them are not held here.</param>
/// <param name="Reason">space, age or corruption.</param>
/// <param name="Record">The place of the loss record in the evidence log.</param>
public sealed record ClosedGapView(string Station, string Run, long First, long Last, long Lacks, string Reason, long Record)
{
    internal static List<ClosedGapView> All(ISqlDatabase evidence) => [.. evidence.Query(
        """
        SELECT l.idx, l.station, l.run, l.first, l.last, l.reason,
            (SELECT count(DISTINCT e.sequence) FROM evidence e WHERE e.station = l.station AND e.run = l.run AND e.sequence BETWEEN l.first AND l.last)
        FROM loss l ORDER BY l.idx
        """,
        row => new ClosedGapView(
            row.GetString(1), row.Life(2).ToString(), row.GetInt64(3), row.GetInt64(4), row.GetInt64(4) - row.GetInt64(3) + 1 - row.GetInt64(6), row.GetString(5).ToLowerInvariant(), row.GetInt64(0))).Where(loss => loss.Lacks > 0)];
}
