using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Outcomes.Differences;

/// <summary>
/// Reads the members of a JSON object that a comparison needs and collects every mistake. Members that nobody asks for are left alone: an
/// outcome of a later version may have more.
/// </summary>
/// <remarks>A getter that finds a mistake notes it and returns a stand-in; the caller must not use the result then. Not thread-safe.</remarks>
internal sealed class ItemReader(JsonObject json, string path, List<DocumentProblem> problems)
{
    public JsonObject Json => json;

    public static ItemReader Of(JsonItem item, string path, List<DocumentProblem> problems)
    {
        if (item is not JsonObject)
        {
            problems.Add(new DocumentProblem(path, "is not an object", "Give an outcome as 'waterwatch assess' prints it"));
        }

        // One mistake is enough: what the object should have held is not missed once more.
        return item is JsonObject json ? new ItemReader(json, path, problems) : new ItemReader([], path, []);
    }

    public string Text(string member) => OptionalText(member) ?? Absent(member, "a text", "");

    public string? OptionalText(string member) => json.Find(member) switch
    {
        JsonText text => text.Value,
        null or JsonNull => null,
        _ => Wrong<string?>(member, "a text or null", null),
    };

    public string Word(string member, params IReadOnlyList<string> words) =>
        json.Find(member) is JsonText text && words.Contains(text.Value, StringComparer.Ordinal)
            ? text.Value
            : Wrong(member, words.Count == 1 ? words[0] : "one of " + string.Join(", ", words), words[0]);

    public long Whole(string member) => json.Find(member) is JsonWhole whole ? whole.Value : Wrong(member, "a whole number", 0L);

    public bool Truth(string member) => json.Find(member) is JsonTruth truth ? truth.Value : Wrong(member, "true or false", false);

    public ExactDecimal? OptionalDecimal(string member) => OptionalText(member) is not { } text
        ? null
        : ExactDecimal.TryParse(text, out var number) ? number : Wrong(member, "a decimal number as text", default(ExactDecimal));

    public ItemReader Child(string member) => Of(json.Find(member) ?? JsonNull.Instance, Join(member), problems);

    public ItemReader? OptionalChild(string member) => json.Find(member) is null or JsonNull ? null : Child(member);

    public IEnumerable<ItemReader> Children(string member)
    {
        IReadOnlyList<JsonItem> items = json.Find(member) is JsonList list ? list.Items : Wrong<IReadOnlyList<JsonItem>>(member, "a list of objects", []);
        return items.Select((item, i) => Of(item, $"{Join(member)}[{i}]", problems));
    }

    private string Join(string member) => path.Length == 0 ? member : $"{path}.{member}";

    private T Absent<T>(string member, string expected, T standIn) =>
        json.Find(member) is null or JsonNull ? Wrong(member, expected, standIn) : standIn;

    private T Wrong<T>(string member, string expected, T standIn)
    {
        var what = json.Find(member) is null ? "is missing" : $"is not {expected}";
        problems.Add(new DocumentProblem(Join(member), what, $"Give {expected}, as docs/outcome.schema.json says"));
        return standIn;
    }
}
