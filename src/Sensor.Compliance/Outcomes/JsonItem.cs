namespace Sensor.Compliance.Outcomes;

/// <summary>
/// A JSON value of an outcome: text, whole number, true or false, null, list or object. There are no fractions:
/// every decimal travels as text, so that no reader turns it into a binary float.
/// </summary>
/// <remarks>Immutable once built, except <see cref="JsonObject"/>, which is filled by one thread. See <see cref="CanonicalJson"/>.</remarks>
public abstract record JsonItem
{
    /// <summary>Wraps a text; null becomes JSON null.</summary>
    public static implicit operator JsonItem(string? text) => text is null ? JsonNull.Instance : new JsonText(text);

    /// <summary>Wraps a whole number.</summary>
    public static implicit operator JsonItem(long number) => new JsonWhole(number);

    /// <summary>Wraps a truth value.</summary>
    public static implicit operator JsonItem(bool truth) => new JsonTruth(truth);

    /// <summary>Wraps a whole number; for languages without conversion operators.</summary>
    public static JsonItem FromInt64(long number) => number;

    /// <summary>Wraps a truth value; for languages without conversion operators.</summary>
    public static JsonItem FromBoolean(bool truth) => truth;

    /// <summary>Wraps a text; for languages without conversion operators.</summary>
    public static JsonItem FromString(string? text) => text;
}

/// <summary>A text.</summary>
/// <param name="Value">The characters; unpaired surrogates are refused when it is written.</param>
public sealed record JsonText(string Value) : JsonItem;

/// <summary>A whole number.</summary>
/// <param name="Value">Between −(2^53 − 1) and 2^53 − 1, the range in which RFC 8785 is exact.</param>
public sealed record JsonWhole(long Value) : JsonItem;

/// <summary>True or false.</summary>
/// <param name="Value">Which of the two.</param>
public sealed record JsonTruth(bool Value) : JsonItem;

/// <summary>Null.</summary>
public sealed record JsonNull : JsonItem
{
    private JsonNull()
    {
    }

    /// <summary>The only one.</summary>
    public static JsonNull Instance { get; } = new();
}

/// <summary>A list.</summary>
/// <param name="Items">The elements in their order.</param>
public sealed record JsonList(IReadOnlyList<JsonItem> Items) : JsonItem
{
    /// <summary>A list of the elements of a sequence.</summary>
    public static JsonList Of<T>(IEnumerable<T> source, Func<T, JsonItem> convert) => new([.. source.Select(convert)]);
}
