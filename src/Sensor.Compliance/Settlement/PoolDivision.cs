using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Settlement;

/// <summary>Divides the pool of a settle period: contributions in, allocation out, forfeits of failing sections between the parties.</summary>
internal static class PoolDivision
{
    public static (IReadOnlyList<Movement> Movements, IReadOnlyList<Reason> Lacking) Of(
        Agreement agreement, Window period, IReadOnlyList<Outcome> outcomes, IReadOnlyList<string> open, IReadOnlyList<StatedFact> facts)
    {
        if (agreement.Settlement.Pool is not { } pool)
        {
            return ([], []);
        }

        var (amount, lacking) = AmountOf(pool, period, facts);
        if (pool.Forfeits.Count > 0 && open.Count > 0)
        {
            lacking = [.. lacking, new Reason("sections-open", "the pool is divided when every section is decided", "各断面均判定后方可分配", new JsonObject { { "open", JsonList.Of(open, o => o) } })];
        }

        return lacking.Count > 0 ? ([], lacking) : ([.. Divide(pool, period, outcomes, amount)], []);
    }

    private static IEnumerable<Movement> Divide(Pool pool, Window period, IReadOnlyList<Outcome> outcomes, ExactDecimal amount)
    {
        var allocated = Share.Divide(amount, pool.Allocation).ToList();
        var contributed = Share.Divide(amount, pool.Contributions).Select(c => new Movement("pool", period.Label, c.Party, null, c.Amount));
        var paid = allocated.Select(a => new Movement("pool", period.Label, null, a.Party, a.Amount));
        var failed = pool.Forfeits.Where(f => outcomes.Any(o => o.Section == f.Section && o.Result == OutcomeResult.Fail));
        var forfeited = failed.SelectMany(f => Share.Divide(Lost(f, allocated), f.To).Select(t => new Movement("forfeit", f.Section, f.Party, t.Party, t.Amount)));
        return contributed.Concat(paid).Concat(forfeited).Where(m => m.Amount.Sign > 0);
    }

    private static ExactDecimal Lost(Forfeit forfeit, IReadOnlyList<(string Party, ExactDecimal Amount)> allocated) =>
        (ExactDecimal.Sum(allocated.Where(a => a.Party == forfeit.Party).Select(a => a.Amount)) * forfeit.Percent.Value * new ExactDecimal(1, 2))
            .RoundHalfEven(SettlementRule.MoneyDecimals);

    private static (ExactDecimal Amount, IReadOnlyList<Reason> Lacking) AmountOf(Pool pool, Window period, IReadOnlyList<StatedFact> facts)
    {
        if (pool.TimesFact is not { } name)
        {
            return (pool.Amount.Value, []);
        }

        var stated = facts.Where(f => f.Name == name && f.Section is null && f.From <= period.Start && f.To >= period.End).Select(f => f.Value).Distinct().ToList();
        return stated is [{ Sign: > 0 } value]
            ? ((pool.Amount.Value * value).RoundHalfEven(SettlementRule.MoneyDecimals), [])
            : (default, [new Reason("fact-missing", $"{name} of {period.Label} is not stated by exactly one number above 0", $"{period.Label}的{name}未由唯一的正数载明", new JsonObject { { "fact", name } })]);
    }
}
