using Sensor.Compliance.Statistics;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>The sources of an agreement and how one stands in for another.</summary>
/// <remarks>
/// Practice knows automatic before joint before separated sampling before a single laboratory; which of them an agreement uses, in which
/// order, is its own choice.
/// </remarks>
/// <param name="Sources">The sources, the preferred first; their series are all different.</param>
/// <param name="Span">The span in which one of them supplies all the values of a parameter.</param>
public sealed record SourcePrecedence(IReadOnlyList<DataSource> Sources, SubstitutionSpan Span)
{
    internal static readonly string[] SpanWords = ["moment", "day", "month", "window"];

    /// <summary>The source to which a series belongs, or null.</summary>
    internal DataSource? Of(string series) => Sources.FirstOrDefault(s => s.AllSeries.Contains(series));

    /// <summary>Whether there is a source of that id.</summary>
    internal bool Knows(string? id) => Sources.Any(s => s.Id == id);

    /// <summary>Reads the members <c>sources</c> and <c>substitute</c>; null where the agreement names no sources.</summary>
    internal static SourcePrecedence? Read(StrictObject json, AgreementContext context, IReadOnlyList<Trust> agreed)
    {
        var given = json.Has("sources");
        var sources = json.Children("sources", given ? 1 : 0).Select(s => DataSource.Read(s, context, agreed)).ToList();
        var span = json.Word("substitute", SpanWords, given ? null : SpanWords[0]);
        if (!given && json.Has("substitute"))
        {
            json.Problem("substitute", "is given without sources", "Remove it, or name the sources");
        }

        if (given && json.Has("series"))
        {
            json.Problem("series", "is given beside sources", "Keep one of the two; each source names its own series");
        }

        CheckDistinct(json, sources);
        return given ? new SourcePrecedence(sources, (SubstitutionSpan)Array.IndexOf(SpanWords, span)) : null;
    }

    /// <summary>A joint value stands in the trace under the id of its source, so that id must not be a series.</summary>
    private static void CheckDistinct(StrictObject json, List<DataSource> sources)
    {
        var names = sources.SelectMany(s => s.AllSeries).Concat(sources.Where(s => s.Joint is not null).Select(s => s.Id));
        foreach (var (name, _) in Repeats.In(names))
        {
            json.Problem("sources", $"use the series {name} more than once", "Let each series, laboratory and joint sample have a name of its own");
        }

        foreach (var (id, _) in Repeats.In(sources.Select(s => s.Id)))
        {
            json.Problem("sources", $"name {id} more than once", "Give each source its own id");
        }
    }
}
