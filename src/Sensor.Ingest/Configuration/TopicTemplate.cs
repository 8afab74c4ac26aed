using System.Diagnostics.CodeAnalysis;

namespace Sensor.Ingest.Configuration;

/// <summary>An MQTT topic of which one level may be <c>{station}</c>, in whose place the foreign name of a station stands.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class TopicTemplate
{
    private const string Placeholder = "{station}";
    private readonly string[] _levels;

    private TopicTemplate(string text) => (Text, _levels) = (text, text.Split('/'));

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it has the placeholder.</summary>
    public bool HasPlaceholder => _levels.Contains(Placeholder);

    /// <summary>Reads a template.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TopicTemplate? template)
    {
        var literal = text?.Split('/').Where(level => level != Placeholder).ToList() ?? [];
        var good = text is { Length: > 0 and <= 1024 } && text.Split('/').Length - literal.Count <= 1 && !literal.Any(level => level.AsSpan().ContainsAny("+#{}\0"));
        template = good ? new TopicTemplate(text!) : null;
        return good;
    }

    /// <summary>The name that stands in place of the placeholder, empty where there is none; null where the topic is another one.</summary>
    public string? NameIn(string topic)
    {
        var (levels, name) = (topic.Split('/'), "");
        if (levels.Length != _levels.Length)
        {
            return null;
        }

        for (var i = 0; i < levels.Length; i++)
        {
            if (_levels[i] == Placeholder)
            {
                name = levels[i];
            }
            else if (_levels[i] != levels[i])
            {
                return null;
            }
        }

        return name;
    }

    /// <summary>Whether some topic fits both.</summary>
    public bool Overlaps(TopicTemplate other) =>
        _levels.Length == other._levels.Length && _levels.Zip(other._levels).All(pair => pair.First == pair.Second || pair.First == Placeholder || pair.Second == Placeholder);

    /// <summary>Whether a subscription to a topic filter brings every topic of the template (MQTT 5, section 4.7).</summary>
    public bool IsCoveredBy(string filter)
    {
        var asked = filter.Split('/');
        for (var i = 0; i < asked.Length; i++)
        {
            if (asked[i] == "#")
            {
                return !(i == 0 && Text.StartsWith('$')) && _levels.Length >= i;
            }

            if (i >= _levels.Length || (asked[i] != "+" && asked[i] != _levels[i]) || (i == 0 && asked[i] == "+" && Text.StartsWith('$')))
            {
                return false;
            }
        }

        return asked.Length == _levels.Length;
    }

    /// <summary>Whether a text is a topic filter that is not shared: what several ingests divide among themselves no single one can vouch for.</summary>
    public static bool IsFilter(string text)
    {
        var levels = text.Split('/');
        return text.Length is > 0 and <= 1024 && levels[0] != "$share" && !text.AsSpan().ContainsAny("{}\0")
            && levels.All(level => level is "+" or "#" || !level.AsSpan().ContainsAny("+#")) && !levels.SkipLast(1).Contains("#");
    }
}
