using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;

namespace Sensor.Audit;

/// <summary>The outcomes of two files for one agreement, section and window; one of the two may be absent.</summary>
internal sealed record OutcomePair
{
    private readonly OutcomeDocument _outcome;
    private readonly OutcomeChange? _alone;

    private OutcomePair(OutcomeDocument? before, OutcomeDocument? after, string firstFile, string secondFile)
    {
        _outcome = after ?? before!;
        Difference = before is not null && after is not null ? OutcomeDifference.Between(before, after) : null;
        _alone = Difference is not null ? null : before is not null ? Alone("only-in-first", firstFile) : Alone("only-in-second", secondFile);
    }

    /// <summary>What differs; null where one of the files lacks the outcome.</summary>
    public OutcomeDifference? Difference { get; }

    /// <summary>Whether both files have it and nothing differs.</summary>
    public bool Same => Difference is { Same: true };

    public string Agreement => _outcome.Agreement;

    public string Section => _outcome.Section;

    public string Window => _outcome.Window;

    public IReadOnlyList<OutcomeChange> Changes => Difference?.Changes ?? [_alone!];

    /// <summary>Reads two files and pairs their outcomes, in ordinal order of agreement, section and window.</summary>
    /// <exception cref="BadInputException">A file cannot be read or has mistakes, or nothing is left to compare.</exception>
    public static IReadOnlyList<OutcomePair> Read(string firstFile, string secondFile, string? section, string? window)
    {
        var (first, second) = (Read(firstFile), Read(secondFile));
        var keys = first.Keys.Union(second.Keys)
            .Where(k => (section is null || k.Section == section) && (window is null || k.Window == window))
            .OrderBy(k => k.Agreement, StringComparer.Ordinal).ThenBy(k => k.Section, StringComparer.Ordinal).ThenBy(k => k.Window, StringComparer.Ordinal)
            .ToList();
        return keys.Count > 0 || (section is null && window is null)
            ? [.. keys.Select(k => new OutcomePair(first.GetValueOrDefault(k), second.GetValueOrDefault(k), firstFile, secondFile))]
            : throw new BadInputException($"Neither file has an outcome of {(section is null ? "any section" : $"section '{section}'")} and {(window is null ? "any window" : $"window '{window}'")}; write them as the outcomes do");
    }

    /// <summary>One line of output.</summary>
    public JsonObject ToJson() => Difference?.ToJson() ?? new JsonObject
    {
        { "agreement", Agreement },
        { "section", Section },
        { "window", Window },
        { "before", _alone!.Code == "only-in-first" ? _outcome.Digest.ToString() : null },
        { "after", _alone.Code == "only-in-second" ? _outcome.Digest.ToString() : null },
        { "same", false },
        { "effect", null },
        { "changes", JsonList.Of(Changes, c => c.ToJson()) },
    };

    private static Dictionary<(string Agreement, string Section, string Window), OutcomeDocument> Read(string path)
    {
        var outcomes = BundleFile.IsOne(path) ? [BundleFile.Verified(path).Outcome!] : InputFile.ReadDocument(path, (name, utf8) => OutcomeDocument.Read(name, utf8.Span));
        var twice = outcomes.GroupBy(o => (o.Agreement, o.Section, o.Window)).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? outcomes.ToDictionary(o => (o.Agreement, o.Section, o.Window))
            : throw new BadInputException($"{path}: {twice.Count()} outcomes are of {twice.Key.Agreement}, {twice.Key.Section}, {twice.Key.Window}; keep the one to compare");
    }

    private static OutcomeChange Alone(string code, string file) =>
        new(code, $"only {file} has this outcome", $"仅{file}有此结果", new JsonObject { { "file", file } });
}
