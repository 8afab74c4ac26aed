using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;

namespace Sensor.Compliance.Bundles;

/// <summary>Compares what the records of a bundle come to with what its outcome says, step by step.</summary>
internal static class RecomputedOutcome
{
    /// <summary>The steps in their order; each names what was compared.</summary>
    /// <exception cref="BundleFault">A step differs; the message says what changes and what it means in money.</exception>
    public static IEnumerable<BundleCheck> Check(BundleComputation computation, OutcomeDocument stated)
    {
        var recomputed = computation.Assess(computation.Determinations);
        var pair = new Pair(stated, OutcomeDocument.Of(recomputed));
        var trace = (JsonObject)recomputed.Json["trace"];
        yield return pair.Same("observations", ["cut"], ["readings", "excluded", "revisions", "substitutions", "jointSamples"],
            $"{computation.Bearing().Count} values that the records state of this window, of which {Count(trace, "readings")} moments are used and {Count(trace, "excluded")} excluded with their reasons: as the outcome says");
        yield return pair.Same("quality control", [], ["quality", "checks", "limits", "determinations"], QualityWords(computation.Window.Agreement));
        yield return pair.Same("aggregates", [], ["parameters", "completeness"], "counts, sums, monthly means and the deciding means, recomputed without rounding errors: as the outcome says");
        yield return pair.Same("rule", ["margin"], ["settings", "rule", "measured", "alternatives"], $"the rule of the agreement applied to these means: {string.Join("; ", recomputed.Reasons.Select(r => r.En))}");
        yield return pair.Same("payment", ["result", "reasons", "tier", "bonus", "payer", "payee", "amount", "payments", "state"], [], "result, tier, payer, payee and amount: as the outcome says");
        BundleFault.Unless(pair.Recomputed.Digest == stated.Digest, pair.Difference());
        yield return new BundleCheck("outcome", $"recomputed to the same bytes, SHA-256 {stated.Digest}");
    }

    private static string QualityWords(Agreement agreement) =>
        $"flags{(agreement.Data.Quality is { } quality ? ", the quality tests of the agreement (" + string.Join(", ", quality.Tests.Select(t => t.Name)) + ")" : " (the agreement names no other quality test)")}"
        + $"{(agreement.Data.Checks is null ? "" : ", checks of the instruments")} and determinations, applied again: as the outcome says";

    private static long Count(JsonObject trace, string part) => trace.Find(part) is JsonObject json && json.Find("count") is JsonWhole count ? count.Value : 0;

    private sealed record Pair(OutcomeDocument Stated, OutcomeDocument Recomputed)
    {
        public BundleCheck Same(string subject, string[] members, string[] ofTrace, string words)
        {
            var same = members.All(m => Equal(Stated.Json.Find(m), Recomputed.Json.Find(m)))
                && ofTrace.All(m => Equal(((JsonObject)Stated.Json["trace"]).Find(m), ((JsonObject)Recomputed.Json["trace"]).Find(m)));
            return same ? new BundleCheck(subject, words) : throw new BundleFault($"{subject}: {Difference()}");
        }

        public string Difference()
        {
            var difference = OutcomeDifference.Between(Stated, Recomputed);
            var effect = difference.Effect is { } money ? $"; in money, {money.Party} {(money.Value.Sign > 0 ? "+" : "")}{money.Value} {money.Currency}" : "";
            return $"the records of the bundle come to something else than the outcome says: {string.Join("; ", difference.Changes.Take(5).Select(c => c.En))}{effect}";
        }

        private static bool Equal(JsonItem? one, JsonItem? other) => one is null || other is null ? one is null && other is null : CanonicalJson.Write(one).AsSpan().SequenceEqual(CanonicalJson.Write(other));
    }
}
