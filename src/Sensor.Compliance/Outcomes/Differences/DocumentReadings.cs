namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>What a reading is known by in a trace; its instrument is not part of it.</summary>
internal readonly record struct ReadingKey(string Time, string Series, string Parameter);

/// <summary>A reading that did not count.</summary>
internal readonly record struct ExcludedContent(string Reason, string Flag, string? Determination, string? Value) : IComparable<ExcludedContent>
{
    public int CompareTo(ExcludedContent other) =>
        string.CompareOrdinal($"{Reason}\n{Flag}\n{Determination}\n{Value}", $"{other.Reason}\n{other.Flag}\n{other.Determination}\n{other.Value}");
}

/// <summary>What became of the readings of one key: the contents that counted, and those that did not.</summary>
internal sealed class ReadingState
{
    public static ReadingState None { get; } = new();

    public List<string> Counted { get; } = [];

    public List<ExcludedContent> Excluded { get; } = [];

    /// <summary>What was superseded, as the trace writes it.</summary>
    public List<string> Revisions { get; } = [];
}

/// <summary>The readings of a trace by key.</summary>
/// <param name="States">What became of each.</param>
/// <param name="Words">The words for each reason and flag of exclusion.</param>
internal sealed record DocumentReadings(IReadOnlyDictionary<ReadingKey, ReadingState> States, IReadOnlyDictionary<(string Reason, string Flag), DocumentReason> Words)
{
    public ReadingState this[ReadingKey key] => States.GetValueOrDefault(key, ReadingState.None);

    public static DocumentReadings Of(ItemReader trace)
    {
        var states = new Dictionary<ReadingKey, ReadingState>();
        foreach (var record in trace.Child("readings").Children("records"))
        {
            AddCounted(states, record);
        }

        foreach (var record in trace.Child("excluded").Children("records"))
        {
            AddExcluded(states, record);
        }

        foreach (var revision in trace.Children("revisions"))
        {
            At(states, revision, revision.Text("parameter")).Revisions.Add(System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(revision.Json)));
        }

        foreach (var state in states.Values)
        {
            state.Counted.Sort(StringComparer.Ordinal);
            state.Excluded.Sort();
            state.Revisions.Sort(StringComparer.Ordinal);
        }

        return new DocumentReadings(states, WordsOf(trace.Child("excluded")));
    }

    private static void AddCounted(Dictionary<ReadingKey, ReadingState> states, ItemReader record)
    {
        var limits = record.OptionalChild("belowDetection");
        var values = record.Child("values");
        foreach (var (code, _) in values.Json)
        {
            At(states, record, code).Counted.Add($"{values.Text(code)} < {limits?.OptionalText(code)}");
        }
    }

    private static void AddExcluded(Dictionary<ReadingKey, ReadingState> states, ItemReader record)
    {
        var values = record.Child("parameters");
        foreach (var (code, _) in values.Json)
        {
            At(states, record, code).Excluded.Add(
                new ExcludedContent(record.Text("reason"), record.Text("flag"), record.OptionalText("determination"), values.OptionalText(code)));
        }
    }

    /// <summary>Several instruments of one moment carry the place behind the code, as in <c>w01019#2</c>.</summary>
    private static ReadingState At(Dictionary<ReadingKey, ReadingState> states, ItemReader record, string code)
    {
        var key = new ReadingKey(record.Text("time"), record.Text("series"), code.Split('#')[0]);
        if (!states.TryGetValue(key, out var state))
        {
            states.Add(key, state = new ReadingState());
        }

        return state;
    }

    private static Dictionary<(string, string), DocumentReason> WordsOf(ItemReader excluded) => excluded.Children("byReason")
        .Select(r => (Key: (r.Text("reason"), r.Text("flag")), Words: new DocumentReason(r.Text("reason"), r.Text("en"), r.Text("zh"))))
        .DistinctBy(r => r.Key)
        .ToDictionary(r => r.Key, r => r.Words);
}
