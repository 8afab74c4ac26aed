using System.Text.Json;

namespace Sensor.Contracts.Documents;

/// <summary>
/// Reads one JSON object member by member and collects every mistake instead of stopping at the first.
/// Members that nobody asked for are mistakes too: a misspelt key must never silently mean its default.
/// </summary>
/// <remarks>
/// A getter that finds a mistake notes it and returns a stand-in, so that reading goes on; the caller must not use the result
/// unless <see cref="StrictDocument.Read{T}"/> returned it. Not thread-safe.
/// </remarks>
public sealed class StrictObject
{
    private readonly JsonElement _json;
    private List<DocumentProblem> _problems;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    internal StrictObject(JsonElement json, string path, List<DocumentProblem> problems)
    {
        _json = json;
        _problems = problems;
        Path = path;
        if (json.ValueKind != JsonValueKind.Object)
        {
            Problem("", $"an object was expected, not {Kind(json)}", "Write members between { and }");

            // One mistake is enough: what the object should have held is not missed once more.
            _problems = [];
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject().Where(m => !seen.Add(m.Name)))
        {
            Problem(member.Name, "is given twice", "Keep one of the two");
        }
    }

    /// <summary>Where this object stands in its document.</summary>
    public string Path { get; }

    /// <summary>The names of all members, in the order of the document. For objects that are used as maps.</summary>
    public IReadOnlyList<string> MemberNames => _json.ValueKind == JsonValueKind.Object ? [.. _json.EnumerateObject().Select(m => m.Name)] : [];

    /// <summary>Notes a mistake.</summary>
    /// <param name="member">The member it concerns, or an empty text for the object itself.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="remedy">What to do.</param>
    public void Problem(string member, string what, string remedy) => _problems.Add(new DocumentProblem(Join(member), what, remedy));

    /// <summary>Whether a member is present and not null.</summary>
    public bool Has(string member) =>
        _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A text that must be present, not empty and accepted by <paramref name="rule"/>.</summary>
    /// <param name="member">The member's name.</param>
    /// <param name="rule">What the text must satisfy, or null for any text.</param>
    /// <param name="expected">The rule in words, such as "a station id of capital letters, digits and -".</param>
    public string Text(string member, Func<string, bool>? rule = null, string expected = "a text") => OptionalText(member, rule, expected) ?? Absent(member, expected, "");

    /// <summary>A text that may be absent.</summary>
    /// <inheritdoc cref="Text"/>
    public string? OptionalText(string member, Func<string, bool>? rule = null, string expected = "a text")
    {
        if (Find(member) is not { } json)
        {
            return null;
        }

        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : null;
        return text is { Length: > 0 } && (rule is null || rule(text)) ? text : Wrong(member, json, expected, "");
    }

    /// <summary>A whole number within bounds; absent means <paramref name="fallback"/>, or a mistake where that is null.</summary>
    public long Whole(string member, long least, long most, long? fallback = null)
    {
        var expected = $"a whole number from {least} to {most}";
        return Find(member) is not { } json
            ? fallback ?? Absent(member, expected, least)
            : json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) && number >= least && number <= most
                ? number
                : Wrong(member, json, expected, least);
    }

    /// <summary>True or false; absent means <paramref name="fallback"/>.</summary>
    public bool Truth(string member, bool fallback) => Find(member) is not { } json
        ? fallback
        : json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : Wrong(member, json, "true or false", fallback);

    /// <summary>One of several words; absent means <paramref name="fallback"/>, or a mistake where that is null.</summary>
    public string Word(string member, IReadOnlyList<string> words, string? fallback = null)
    {
        var expected = "one of " + string.Join(", ", words);
        return OptionalText(member, words.Contains, expected) is { Length: > 0 } word
            ? word
            : fallback ?? (Has(member) ? words[0] : Absent(member, expected, words[0]));
    }

    /// <summary>An object that must be present.</summary>
    public StrictObject Child(string member) =>
        OptionalChild(member) ?? Absent(member, "an object", new StrictObject(EmptyObject, Join(member), []));

    /// <summary>An object that may be absent.</summary>
    public StrictObject? OptionalChild(string member) => Find(member) is { } json ? new StrictObject(json, Join(member), _problems) : null;

    /// <summary>The objects of an array with at least <paramref name="least"/> elements; absent is the same as empty.</summary>
    public IReadOnlyList<StrictObject> Children(string member, int least = 0) =>
        [.. Elements(member, least).Select((json, i) => new StrictObject(json, $"{Join(member)}[{i}]", _problems))];

    /// <summary>The texts of an array with at least <paramref name="least"/> elements; absent is the same as empty.</summary>
    public IReadOnlyList<string> Texts(string member, int least = 0, Func<string, bool>? rule = null, string expected = "a text") =>
        [.. Elements(member, least).Select((json, i) => json.ValueKind == JsonValueKind.String && (rule is null || rule(json.GetString()!))
            ? json.GetString()!
            : Wrong($"{member}[{i}]", json, expected, ""))];

    /// <summary>Notes every member that was not asked for. Call it when all others have been read.</summary>
    public void End()
    {
        foreach (var name in MemberNames.Where(name => !_asked.Contains(name)))
        {
            Problem(name, "is not a known member", $"Remove it or correct its spelling; known here are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }
    }

    private static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement;

    private static string Kind(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String when json.GetRawText().Length <= 40 => "the text " + json.GetRawText(),
        JsonValueKind.Number => "the number " + json.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "a text",
    };

    private JsonElement? Find(string member)
    {
        _asked.Add(member);
        return Has(member) ? _json.GetProperty(member) : null;
    }

    private List<JsonElement> Elements(string member, int least)
    {
        var json = Find(member);
        if (json is { ValueKind: not JsonValueKind.Array } other)
        {
            return Wrong(member, other, "an array", new List<JsonElement>());
        }

        List<JsonElement> elements = json is { } array ? [.. array.EnumerateArray()] : [];
        if (elements.Count < least)
        {
            Problem(member, $"needs at least {least} {(least == 1 ? "element" : "elements")}", "Add what is missing");
        }

        return elements;
    }

    private string Join(string member) => Path.Length == 0 ? member : member.Length == 0 ? Path : $"{Path}.{member}";

    private T Absent<T>(string member, string expected, T standIn)
    {
        if (!Has(member))
        {
            Problem(member, "is missing", $"Give {expected}");
        }

        return standIn;
    }

    private T Wrong<T>(string member, JsonElement json, string expected, T standIn)
    {
        Problem(member, $"{expected} was expected, not {Kind(json)}", $"Give {expected}");
        return standIn;
    }
}
