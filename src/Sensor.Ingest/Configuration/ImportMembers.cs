using System.Globalization;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>What the imports of every kind state in the same words.</summary>
internal static class ImportMembers
{
    /// <summary>Notes what stands more than once.</summary>
    public static void Once(StrictObject json, string member, string what, IEnumerable<string> names)
    {
        foreach (var twice in names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            json.Problem(member, $"{what} {twice.Key} stands {twice.Count()} times", "Keep one");
        }
    }

    /// <summary>The member <c>periodMinutes</c>, which goes with a <c>dataTime</c> of start or end.</summary>
    public static TimeSpan Period(StrictObject json, string moment)
    {
        if (json.Has("periodMinutes") == (moment == "instant"))
        {
            json.Problem("periodMinutes", "goes with a dataTime of start or end, and only with these", "Give the length of the period that a value stands for, or a dataTime of instant without it");
        }

        return TimeSpan.FromMinutes(json.Whole("periodMinutes", 1, 44_640, 0));
    }

    /// <summary>An offset of the form +08:00; null where it is none.</summary>
    public static TimeSpan? ParseOffset(string text) =>
        text.Length == 6 && text[0] is '+' or '-' && TimeSpan.TryParseExact(text.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var span) && span <= TimeSpan.FromHours(14)
            ? text[0] == '-' ? -span : span
            : null;

    /// <summary>Our flag for flags as sent.</summary>
    public static Dictionary<string, string> Flags(StrictObject? flags)
    {
        var read = (flags?.MemberNames ?? []).Distinct(StringComparer.Ordinal).ToDictionary(sent => sent, sent => flags!.Text(sent, Flag.Known.ContainsKey, "a flag such as N"), StringComparer.Ordinal);
        flags?.End();
        return read;
    }
}
