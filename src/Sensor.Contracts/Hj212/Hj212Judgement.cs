namespace Sensor.Contracts.Hj212;

/// <summary>What a logger's statement about one parameter is worth: a value with our flag, or the reason why there is none.</summary>
/// <param name="Value">The digits; null where there is no value.</param>
/// <param name="Missing">Why there is none; null where there is one.</param>
/// <param name="Flag">Our flag; F where the sent one has no meaning here.</param>
public sealed record Hj212Judgement(MeasuredValue? Value, MissingReason? Missing, string Flag)
{
    /// <summary>Judges.</summary>
    /// <param name="sent">Everything that a message says of the parameter, at least once; two values contradict each other and are none.</param>
    /// <param name="unflagged">The flag of values that were sent without one; null: they are none.</param>
    /// <param name="flags">Our flag for flags as sent, before those of the dialect.</param>
    /// <param name="dialect">The dialect.</param>
    public static Hj212Judgement Of(IReadOnlyList<Hj212Reading> sent, string? unflagged, IReadOnlyDictionary<string, string> flags, Hj212Dialect dialect)
    {
        var first = sent[0];
        var flag = first.Flag is null ? unflagged : flags.GetValueOrDefault(first.Flag) ?? dialect.FlagOf(first.Flag);
        MissingReason? missing = sent.Count > 1 || flag is null ? MissingReason.BadAnswer : first.Value is null ? WhyMissing(first.Text) : null;
        return new Hj212Judgement(missing is null ? first.Value : null, missing, flag ?? "F");
    }

    private static MissingReason WhyMissing(string text) =>
        text.Length == 0 ? MissingReason.NotReported : text.All(c => char.IsAsciiDigit(c) || c is '.' or '-') ? MissingReason.NotRepresentable : MissingReason.BadAnswer;
}
