namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>Where the records of two cuts differ: the runs of stations that do not reach to the same record, and the files of joint samples that only one names.</summary>
/// <remarks>Pure and thread-safe. Agreement, registry, determinations and semantics are compared by <see cref="OutcomeDifference"/>.</remarks>
public static class CutChanges
{
    /// <summary>The differences, by station and run; empty where both rest on the same records and files.</summary>
    /// <param name="one">An outcome.</param>
    /// <param name="other">Another one of the same window.</param>
    /// <param name="names">Who states the one and who the other, in words.</param>
    /// <exception cref="Contracts.Documents.DocumentException">A cut has another form than this version writes.</exception>
    public static IReadOnlyList<OutcomeChange> Between(OutcomeDocument one, OutcomeDocument other, (string One, string Other) names)
    {
        var (left, right) = (Runs(one), Runs(other));
        var runs = left.Keys.Union(right.Keys).Order().Where(run => left.GetValueOrDefault(run) != right.GetValueOrDefault(run))
            .Select(run => Run(run, left.GetValueOrDefault(run), right.GetValueOrDefault(run), names));
        var (lefts, rights) = (Samples(one), Samples(other));
        var samples = lefts.Except(rights).Order(StringComparer.Ordinal).Select(file => Sample(file, names.One))
            .Concat(rights.Except(lefts).Order(StringComparer.Ordinal).Select(file => Sample(file, names.Other)));
        return [.. runs, .. samples];
    }

    private static OutcomeChange Run((string Station, string Run) run, Reach? left, Reach? right, (string One, string Other) names)
    {
        var (en, zh) = (left, right) switch
        {
            ({ } l, { } r) when l.Sequence == r.Sequence => (
                $"{run.Station} signed two records {l.Sequence} of run {run.Run}: {names.One} rests on {l.Digest}, {names.Other} on {r.Digest}",
                $"{run.Station}在运行{run.Run}中以序号{l.Sequence}签署了两条不同记录：{names.One}依据{l.Digest}，{names.Other}依据{r.Digest}"),
            _ => (
                $"of run {run.Run} of {run.Station}, {names.One} rests on {Words(left)}, {names.Other} on {Words(right)}",
                $"{run.Station}的运行{run.Run}：{names.One}依据{WordsZh(left)}，{names.Other}依据{WordsZh(right)}"),
        };
        return new OutcomeChange("cut-run", en, zh, new JsonObject { { "station", run.Station }, { "run", run.Run }, { "one", left?.ToJson() }, { "other", right?.ToJson() } });
    }

    private static OutcomeChange Sample(string file, string who) => new(
        "cut-samples", $"only {who} rests on the file of joint samples {file}", $"仅{who}依据联合采样文件{file}", new JsonObject { { "sha256", file }, { "by", who } });

    private static string Words(Reach? reach) => reach is null ? "no record" : $"the records to {reach.Sequence} ({reach.Digest})";

    private static string WordsZh(Reach? reach) => reach is null ? "零条记录" : $"至序号{reach.Sequence}的记录（{reach.Digest}）";

    private static Dictionary<(string Station, string Run), Reach> Runs(OutcomeDocument outcome) =>
        Children(outcome, "stations").ToDictionary(s => (s.Text("station"), s.Text("run")), s => new Reach(s.Whole("sequence"), s.Text("digest")));

    private static List<string> Samples(OutcomeDocument outcome) => [.. Children(outcome, "samples").Select(s => s.Text("sha256"))];

    private static IEnumerable<ItemReader> Children(OutcomeDocument outcome, string member) =>
        outcome.Json["cut"] is JsonObject cut && cut.Find(member) is not null ? ItemReader.Of(cut, "cut", []).Children(member) : [];

    private sealed record Reach(long Sequence, string Digest)
    {
        public JsonObject ToJson() => new() { { "sequence", Sequence }, { "digest", Digest } };
    }
}
