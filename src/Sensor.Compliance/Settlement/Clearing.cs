using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Settlement;

/// <summary>What the outcomes of one settle period come to between the parties. What the parties owe and are owed adds up to 0.</summary>
/// <remarks>
/// Pure: the same outcomes and facts give the same bytes. A window that is indeterminate, or that has no outcome at all, moves no money and is named as
/// open: the clearing is then not complete. Immutable and thread-safe.
/// </remarks>
public sealed record Clearing
{
    /// <summary>The version of the agreement that nothing amends; its settlement rule holds.</summary>
    public required Agreement Agreement { get; init; }

    /// <summary>The settle period.</summary>
    public required Window Period { get; init; }

    /// <summary>The outcomes in it, by section and window.</summary>
    public required IReadOnlyList<Outcome> Outcomes { get; init; }

    /// <summary>Sections and windows of the period that are not decided, each as <c>section window</c>.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>Why the pool cannot be divided; empty where it can or there is none.</summary>
    public required IReadOnlyList<Reason> Lacking { get; init; }

    /// <summary>Every movement of money, in the order in which it is computed.</summary>
    public required IReadOnlyList<Movement> Movements { get; init; }

    /// <summary>Whether every window of the period is decided and the pool is divided.</summary>
    public bool Complete => Open.Count == 0 && Lacking.Count == 0;

    /// <summary>What each party gets (above 0) or pays (below 0), in the order of the agreement.</summary>
    public IReadOnlyList<(string Party, ExactDecimal Amount)> Balances => [.. Agreement.Parties.Select(p => (p.Id, ExactDecimal.Sum(
        Movements.Select(m => (m.To == p.Id ? m.Amount : ExactDecimal.Zero) - (m.From == p.Id ? m.Amount : ExactDecimal.Zero)))))];

    /// <summary>The clearings of all settle periods that the outcomes touch, in order of time.</summary>
    /// <param name="history">The agreement in its versions.</param>
    /// <param name="outcomes">Its outcomes, one for each section and window at most.</param>
    /// <param name="facts">The facts that authorities state.</param>
    public static IReadOnlyList<Clearing> Of(AgreementHistory history, IReadOnlyList<Outcome> outcomes, IReadOnlyList<StatedFact> facts) =>
        [.. outcomes.GroupBy(o => history.Latest.Settlement.Period.WindowOf(o.Window.From, history.Latest.Offset)!)
            .OrderBy(g => g.Key.From)
            .Select(g => Of(history, g.Key, [.. g.OrderBy(o => o.Section, StringComparer.Ordinal).ThenBy(o => o.Window.From)], facts))];

    /// <summary>The canonical document; docs/agreements.md describes it.</summary>
    public JsonObject ToJson() => ClearingJson.Of(this);

    private static Clearing Of(AgreementHistory history, Window period, IReadOnlyList<Outcome> outcomes, IReadOnlyList<StatedFact> facts)
    {
        var agreement = history.Latest;
        var open = OpenWindows(history, period, outcomes);
        var bilateral = outcomes.SelectMany(o => o.Dues.Select(d => new Movement(d.Clause, $"{o.Section} {o.Window.Label}", d.Payer, d.Payee, d.Amount)));
        var (pool, lacking) = PoolDivision.Of(agreement, period, outcomes, open, facts);
        return new Clearing { Agreement = agreement, Period = period, Outcomes = outcomes, Open = open, Lacking = lacking, Movements = [.. bilateral, .. pool] };
    }

    private static IReadOnlyList<string> OpenWindows(AgreementHistory history, Window period, IReadOnlyList<Outcome> outcomes)
    {
        var decided = outcomes.Where(o => o.Result != OutcomeResult.Indeterminate && o.State != OutcomeState.Open).Select(o => (o.Section, o.Window.From)).ToHashSet();
        return [.. history.Windows.Where(w => w.Window.From >= period.From && w.Window.From < period.To)
            .SelectMany(w => w.Agreement.Sections.Where(s => !s.ReferenceOnly).Select(s => (s.Section, w.Window)))
            .Where(k => !decided.Contains((k.Section, k.Window.From)))
            .OrderBy(k => k.Section, StringComparer.Ordinal).ThenBy(k => k.Window.From)
            .Select(k => $"{k.Section} {k.Window.Label}")];
    }
}

/// <summary>Money that moves from one party to another.</summary>
/// <param name="Because">The clause or tier, or <c>pool</c> or <c>forfeit</c>.</param>
/// <param name="Of">The section and window it is about; the settle period for a pool.</param>
/// <param name="From">The id of the party that pays; null where the pool does.</param>
/// <param name="To">The id of the party that receives; null where the pool does.</param>
/// <param name="Amount">The amount, above 0.</param>
public sealed record Movement(string Because, string Of, string? From, string? To, ExactDecimal Amount);
