using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes;

/// <summary>Writes which readings were used, which were not and why, and which were revised. One entry per series and moment.</summary>
internal static class ReadingsTrace
{
    public static JsonObject Used(WindowEvidence evidence)
    {
        var records = evidence.Selection.Usable.GroupBy(u => (u.Observation.SampledTo, u.Observation.Series)).ToList();
        return new JsonObject
        {
            { "count", records.Count },
            { "records", JsonList.Of(records, r => Record(evidence, r.Key.SampledTo, r.Key.Series)
                .With("values", Members(r, u => u.Observation.Parameter, u => u.Digits))
                .With("belowDetection", r.Any(u => u.Censored)
                    ? Members(r.Where(u => u.Censored), u => u.Observation.Parameter, u => u.Observation.DetectionLimit!.Value.ToString())
                    : null))
            },
        };
    }

    public static JsonObject Excluded(WindowEvidence evidence)
    {
        var records = evidence.Selection.Excluded
            .GroupBy(e => (e.Observation.SampledTo, e.Observation.Series, e.Reason, e.Observation.Flag, e.DeterminationId))
            .OrderBy(g => g.Key.SampledTo).ThenBy(g => g.Key.Series, StringComparer.Ordinal).ThenBy(g => g.Key.Reason)
            .ThenBy(g => g.Key.Flag, StringComparer.Ordinal).ThenBy(g => g.Key.DeterminationId, StringComparer.Ordinal)
            .ToList();
        return new JsonObject
        {
            { "count", records.Count },
            { "byReason", JsonList.Of(
                records.GroupBy(r => (r.Key.Reason, r.Key.Flag)).OrderBy(g => g.Key.Reason).ThenBy(g => g.Key.Flag, StringComparer.Ordinal),
                g => ByReason(g.Key.Reason, g.Key.Flag, g.Count()))
            },
            { "records", JsonList.Of(records, r => Record(evidence, r.Key.SampledTo, r.Key.Series)
                .With("reason", r.Key.Reason.Code())
                .With("flag", r.Key.Flag)
                .With("determination", r.Key.DeterminationId is { } id ? new JsonText(id) : null)
                .With("parameters", Members(r, e => e.Observation.Parameter, e => e.Observation.Value?.ToString())))
            },
        };
    }

    public static JsonList Revisions(WindowEvidence evidence) => JsonList.Of(
        evidence.Current.Where(c => c.Superseded.Count > 0 && evidence.Agreement.Parameters.Any(p => p.Code == c.Standing.Parameter)),
        c => Record(evidence, c.Standing.SampledTo, c.Standing.Series)
            .With("instrument", c.Standing.Instrument)
            .With("parameter", c.Standing.Parameter)
            .With("now", Content(c.Standing))
            .With("was", JsonList.Of(c.Superseded, Content)));

    private static JsonObject Record(WindowEvidence evidence, Instant time, string series) =>
        new() { { "time", evidence.Window.Offset.Format(time) }, { "series", series } };

    private static JsonObject Content(Observation o) => new() { { "value", o.Value?.ToString() }, { "flag", o.Flag } };

    private static JsonObject ByReason(ExclusionReason reason, string flag, int records)
    {
        LocalText words = reason.Words(flag);
        return new JsonObject { { "reason", reason.Code() }, { "flag", flag }, { "records", records }, { "en", words.En }, { "zh", words.Zh } };
    }

    /// <summary>
    /// Members by factor code. Several excluded instruments may have given one parameter at one moment; then the code carries the
    /// place, as in <c>w01019#2</c>.
    /// </summary>
    private static JsonObject Members<T>(IEnumerable<T> readings, Func<T, string> parameter, Func<T, string?> digits)
    {
        var members = new JsonObject();
        foreach (var group in readings.GroupBy(parameter, StringComparer.Ordinal))
        {
            var place = 0;
            foreach (var reading in group)
            {
                place++;
                members.Add(place == 1 ? group.Key : $"{group.Key}#{place}", digits(reading));
            }
        }

        return members;
    }
}
