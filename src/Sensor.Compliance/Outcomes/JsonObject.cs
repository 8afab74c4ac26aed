using System.Collections;

namespace Sensor.Compliance.Outcomes;

/// <summary>A JSON object; members are written in ordinal order of their names whatever the order in which they were added.</summary>
/// <remarks>Not thread-safe while it is being filled.</remarks>
public sealed record JsonObject : JsonItem, IEnumerable<KeyValuePair<string, JsonItem>>
{
    private readonly SortedDictionary<string, JsonItem> _members = new(StringComparer.Ordinal);

    /// <summary>The value of a member.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public JsonItem this[string name] => _members[name];

    /// <summary>The value of a member; null where there is no such member.</summary>
    public JsonItem? Find(string name) => _members.GetValueOrDefault(name);

    /// <summary>Adds a member.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, JsonItem? value) => _members.Add(name, value ?? JsonNull.Instance);

    /// <summary>Adds a member only where there is a value.</summary>
    /// <returns>This object, for chaining.</returns>
    public JsonObject With(string name, JsonItem? value)
    {
        if (value is not null)
        {
            Add(name, value);
        }

        return this;
    }

    /// <summary>A copy that lacks one member.</summary>
    public JsonObject Without(string name)
    {
        var copy = new JsonObject();
        foreach (var (key, value) in _members.Where(m => m.Key != name))
        {
            copy.Add(key, value);
        }

        return copy;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonItem>> GetEnumerator() => _members.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
