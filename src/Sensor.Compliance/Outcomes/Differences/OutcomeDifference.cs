namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>What differs between two outcomes of one agreement, section and window, and what it means in money.</summary>
/// <remarks>Pure: the same two documents give the same bytes. Immutable and thread-safe.</remarks>
public sealed record OutcomeDifference
{
    private OutcomeDifference(OutcomeDocument before, OutcomeDocument after) => (Before, After) = (before, after);

    /// <summary>The earlier outcome.</summary>
    public OutcomeDocument Before { get; }

    /// <summary>The later outcome.</summary>
    public OutcomeDocument After { get; }

    /// <summary>Whether nothing differs: both documents have the same digest.</summary>
    public bool Same => Changes.Count == 0;

    /// <summary>
    /// What changes for the payee of the later outcome, or of the earlier where nobody pays any more; null where no payment changes. When payer
    /// and payee swap it is the sum of both amounts.
    /// </summary>
    public PaymentEffect? Effect => Effects is [var first, ..] ? first : null;

    /// <summary>What changes for every party, that of <see cref="Effect"/> first.</summary>
    public required IReadOnlyList<PaymentEffect> Effects { get; init; }

    /// <summary>
    /// The differences: first the verdict, or that it is the same; then the inputs that differ; then what became of each deciding mean. Empty
    /// where the documents are the same.
    /// </summary>
    public required IReadOnlyList<OutcomeChange> Changes { get; init; }

    /// <summary>Whether no money may move on one of the two outcomes.</summary>
    public bool Illustrative => Before.Illustrative || After.Illustrative;

    /// <summary>Compares.</summary>
    /// <exception cref="ArgumentException">The outcomes are of different agreements, sections or windows.</exception>
    public static OutcomeDifference Between(OutcomeDocument before, OutcomeDocument after)
    {
        if ((before.Agreement, before.Section, before.Window) != (after.Agreement, after.Section, after.Window))
        {
            throw new ArgumentException($"{before.Agreement} {before.Section} {before.Window} cannot be compared with {after.Agreement} {after.Section} {after.Window}.");
        }

        return new OutcomeDifference(before, after) { Effects = PaymentEffect.Between(before.Pays, after.Pays), Changes = before.Digest == after.Digest ? [] : All(before, after) };
    }

    /// <summary>The members <c>agreement</c>, <c>section</c>, <c>window</c>, <c>before</c>, <c>after</c> (digests), <c>same</c>, <c>effect</c> and <c>changes</c>.</summary>
    public JsonObject ToJson() => new()
    {
        { "agreement", After.Agreement },
        { "section", After.Section },
        { "window", After.Window },
        { "before", Before.Digest.ToString() },
        { "after", After.Digest.ToString() },
        { "same", Same },
        { "effect", Effect?.ToJson() },
        { "changes", JsonList.Of(Changes, c => c.ToJson()) },
    };

    private static IReadOnlyList<OutcomeChange> All(OutcomeDocument before, OutcomeDocument after)
    {
        var readings = new ReadingChanges(before, after);
        List<OutcomeChange> known =
        [
            .. VerdictChanges.Of(before, after), .. InputChanges.Of(before, after), .. readings.Changes(),
            .. MeanChanges.Of(before, after, readings), .. MeanChanges.OfRule(before, after),
        ];
        return [.. OtherChanges.SameVerdict(before, after), .. known, .. OtherChanges.Unnamed(before, after, known)];
    }
}
