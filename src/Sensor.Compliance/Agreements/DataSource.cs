using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>A way in which values come about, such as automatic stations or joint samples.</summary>
/// <param name="Id">Its id, <c>[a-z0-9-]{1,32}</c>, such as <c>automatic</c>, <c>joint</c>, <c>separated</c> or <c>single-laboratory</c>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Series">The stations or sources that belong to it, the preferred first; empty for joint samples.</param>
/// <param name="Trust">The kinds of trust that count in it.</param>
/// <param name="Joint">How a joint sample gives one value; null for every other source.</param>
public sealed record DataSource(string Id, LocalText Name, IReadOnlyList<string> Series, IReadOnlyList<Trust> Trust, JointSampling? Joint)
{
    /// <summary>Every series that belongs to it, laboratories included.</summary>
    internal IReadOnlyList<string> AllSeries => Joint?.Laboratories ?? Series;

    internal static DataSource Read(StrictObject json, AgreementContext context, IReadOnlyList<Trust> agreed)
    {
        var joint = json.OptionalChild("joint") is { } child ? JointSampling.Read(child, context) : null;
        if (joint is not null && json.Has("series"))
        {
            json.Problem("series", "is given beside joint", "Remove it; the laboratories are the series of a joint sample");
        }

        var source = new DataSource(
            json.Text("id", Names.IsLowerId, "an id of 1 to 32 lower-case letters, digits and -"),
            LocalText.Read(json.Child("name")),
            json.Texts("series", joint is null ? 1 : 0, DataRules.IsSeries, DataRules.SeriesExpected),
            DataRules.ReadTrust(json, json.Has("trust") ? 1 : 0) is { Count: > 0 } trust ? trust : agreed,
            joint);
        json.End();
        return source;
    }

    internal JsonObject ToJson() => new JsonObject
    {
        { "id", Id },
        { "name", Name.ToJson() },
        { "series", JsonList.Of(Series, s => s) },
        { "trust", JsonList.Of(Trust, t => DataRules.TrustWords[(int)t]) },
    }.With("joint", Joint?.ToJson());
}
