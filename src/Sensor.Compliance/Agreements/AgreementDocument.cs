using System.Globalization;
using Sensor.Compliance.Rules;
using Sensor.Compliance.Settlement;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>Reads agreement documents. docs/agreements.md describes every member.</summary>
public static class AgreementDocument
{
    /// <summary>The value of the member <c>schema</c>.</summary>
    public const string Schema = "waterwatch/agreement/1";

    internal static readonly string[] StatisticWords = ["meanOfSamples", "meanOfMonthlyMeans"];

    /// <summary>Reads an agreement.</summary>
    /// <param name="name">Its name for messages, usually the file.</param>
    /// <param name="utf8">Its exact bytes; their digest is the agreement's digest.</param>
    /// <exception cref="DocumentException">The document has mistakes; all of them are in the exception.</exception>
    public static Agreement Read(string name, ReadOnlyMemory<byte> utf8) =>
        StrictDocument.Read(name, utf8, json => Read(json, Digest.Of(utf8.Span)));

    private static Agreement Read(StrictObject json, Digest digest)
    {
        var stated = new StatedReader();
        json.Word("schema", [Schema]);
        var parties = ReadDistinct(json, "parties", 2, Party.Read, p => p.Id);
        var parameters = ReadDistinct(json, "parameters", 1, AgreedParameter.Read, p => p.Code);
        IReadOnlyList<string> partyIds = [.. parties.Select(p => p.Id)];
        var sections = ReadDistinct(json, "sections", 1, s => AgreedSection.Read(s, stated, partyIds), s => s.Section);
        AgreedSection.CheckInflows(json, sections);
        var windows = WindowPlan.Read(json.Child("window"));
        var currency = json.Text("currency", c => c.Length == 3 && c.All(char.IsAsciiLetterUpper), "an ISO 4217 code such as CNY");
        var (from, to) = ReadPeriod(json.Child("inForce"));
        var units = parameters.DistinctBy(p => p.Code).ToDictionary(p => p.Code, p => p.Unit, StringComparer.Ordinal);
        var context = new AgreementContext(stated, partyIds, units, sections, currency, from, to);
        var (completeness, alsoShow) = ReadCompleteness(json.Child("completeness"), windows, stated);
        var agreement = new Agreement
        {
            Id = json.Text("id", IsId, "an id of 1 to 64 lower-case letters, digits and -"),
            Version = (int)json.Whole("version", 1, int.MaxValue),
            Digest = digest,
            Title = LocalText.Read(json.Child("title")),
            Parties = parties,
            Sections = sections,
            InForceFrom = from,
            InForceTo = to,
            Offset = UtcOffset.TryParse(json.Text("offset", t => UtcOffset.TryParse(t, out _), "a fixed offset such as +08:00"), out var offset) ? offset : default,
            Windows = windows,
            CloseDays = stated.Whole(json, "closeDays", 0, 3650),
            Currency = currency,
            Data = DataRules.Read(json.Child("data"), context),
            Parameters = parameters,
            Statistic = ReadStatistic(json, stated),
            Completeness = completeness,
            AlsoShow = alsoShow,
            Limits = DataLimits.Read(json, stated),
            Rule = RuleReader.Read(json.Child("rule"), context),
            Settlement = SettlementRule.Read(json.OptionalChild("settlement"), context, windows),
            IllustrativeBecause = null,
            Uncertain = [],
        };
        return agreement with { Amends = Amendment.Read(json, agreement.Version), IllustrativeBecause = ReadIllustrative(json, stated), Uncertain = [.. stated.Uncertain] };
    }

    private static LocalText? ReadIllustrative(StrictObject json, StatedReader stated)
    {
        if (json.Truth("illustrative", false))
        {
            return LocalText.Read(json.Child("illustrativeBecause"));
        }

        if (json.Has("illustrativeBecause"))
        {
            json.Problem("illustrativeBecause", "is given although illustrative is not true", "Remove it, or set illustrative to true");
        }

        if (stated.Uncertain.Count > 0)
        {
            json.Problem(
                "illustrative",
                $"must be true, because {stated.Uncertain.Count} stated values are less certain than known-high: {string.Join(", ", stated.Uncertain)}",
                "Set illustrative to true and say why in illustrativeBecause, or replace these values by the signed ones with their source");
        }

        json.OptionalChild("illustrativeBecause");
        return null;
    }

    private static (Completeness Deciding, IReadOnlyList<Completeness> AlsoShow) ReadCompleteness(StrictObject json, WindowPlan plan, StatedReader stated)
    {
        var deciding = Completeness.Read(json, plan, stated);
        var alsoShow = json.Children("alsoShow").Select(c => deciding.ReadAlternative(c, plan, stated)).ToList();
        json.End();
        return (deciding, alsoShow);
    }

    private static Stated<DecidingStatistic> ReadStatistic(StrictObject json, StatedReader stated)
    {
        var word = stated.Word(json, "statistic", StatisticWords);
        return new Stated<DecidingStatistic>((DecidingStatistic)Array.IndexOf(StatisticWords, word.Value), word.Source, word.Certainty);
    }

    private static (DateOnly From, DateOnly To) ReadPeriod(StrictObject json)
    {
        var from = ReadDay(json, "from");
        var to = ReadDay(json, "to");
        if (to < from)
        {
            json.Problem("to", "is before from", "Give the last day in force");
        }

        json.End();
        return (from, to);
    }

    internal static DateOnly ReadDay(StrictObject json, string member) =>
        TryDay(json.Text(member, t => TryDay(t, out _), "a day such as 2018-01-01, from 1900 to 2200"), out var day) ? day : new DateOnly(2000, 1, 1);

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1900 and <= 2200;

    internal static bool IsId(string text) =>
        text.Length <= 64 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static List<T> ReadDistinct<T>(StrictObject json, string member, int least, Func<StrictObject, T> read, Func<T, string> key)
    {
        var all = json.Children(member, least).Select(read).ToList();
        foreach (var (name, times) in Repeats.In(all.Select(key)))
        {
            json.Problem(member, $"names {name} {times} times", "Name each once");
        }

        return all;
    }
}
