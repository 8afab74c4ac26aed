using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Quality;
using Sensor.Contracts;

namespace Sensor.Audit;

/// <summary>Runs configured tests over a file of observations.</summary>
internal static class QualityRun
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Lets every test judge what it is configured for; the results stand at the observations, in the order of the tests.</summary>
    public static void Judge(QualityObservations observations, IReadOnlyList<ConfiguredTest> tests)
    {
        foreach (var test in tests)
        {
            var judged = observations.All.Where(o => test.Judges(o.Line.Section, o.Line.Parameter)).ToList();
            if (test.Test is IdenticalVectorTest)
            {
                foreach (var logger in judged.GroupBy(o => (o.Line.Section, o.Source)))
                {
                    JudgeVectors([.. logger], test);
                }

                continue;
            }

            foreach (var series in judged.GroupBy(o => (o.Line.Section, o.Line.Parameter, o.Source, o.Instrument)))
            {
                JudgeSeries(observations, [.. series], test);
            }
        }
    }

    /// <summary>One line of output.</summary>
    public static string ToJson(QualityObservation observation)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            Write(json, observation);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void JudgeSeries(QualityObservations observations, IReadOnlyList<QualityObservation> series, ConfiguredTest test)
    {
        var results = test.Test.Check(new QualityInput
        {
            Values = [.. series.Select(o => o.Value)],
            Times = [.. series.Select(o => (Instant?)o.Line.Time)],
            Partner = test.Partner is { } partner
                ? [.. series.Select(o => observations.Nearest(o, test.Neighbour ?? o.Line.Section, partner, o.Line.Time.PlusMilliseconds(-test.Lag), test.Within))]
                : null,
        });
        foreach (var (observation, result) in series.Zip(results))
        {
            observation.Results.Add((test, result));
        }
    }

    private static void JudgeVectors(IReadOnlyList<QualityObservation> logger, ConfiguredTest test)
    {
        var moments = logger.GroupBy(o => o.Line.Time).OrderBy(g => g.Key).Select(g => (Time: g.Key, At: g.ToLookup(o => o.Line.Parameter, StringComparer.Ordinal))).ToList();
        var results = test.Test.Check(new QualityInput
        {
            Times = [.. moments.Select(m => (Instant?)m.Time)],
            Vectors = test.Parameters.Distinct(StringComparer.Ordinal).ToDictionary(
                p => p, p => (IReadOnlyList<ExactDecimal?>)[.. moments.Select(m => Only(m.At[p]))], StringComparer.Ordinal),
        });
        foreach (var ((_, at), result) in moments.Zip(results))
        {
            foreach (var observation in at.SelectMany(o => o))
            {
                observation.Results.Add((test, observation.Value is null ? new QualityResult(QualityGrade.Missing, new("there is no value", "没有数值")) : result));
            }
        }
    }

    /// <summary>The value of the one observation; two instruments of one parameter give none.</summary>
    private static ExactDecimal? Only(IEnumerable<QualityObservation> observations) => observations.Take(2).ToList() is [var one] ? one.Value : null;

    private static void Write(Utf8JsonWriter json, QualityObservation observation)
    {
        var line = observation.Line;
        json.WriteStartObject();
        json.WriteString("section", line.Section);
        json.WriteString("time", line.TimeText);
        json.WriteString("parameter", line.Parameter);
        WriteWhereGiven(json, "source", line.Source);
        WriteWhereGiven(json, "instrument", line.Instrument);
        json.WriteString("value", observation.Value?.ToString());
        WriteWhereGiven(json, "stationFlag", line.Flag == "N" ? null : line.Flag);
        var flags = observation.Results.Select(r => r.Result.Flag);
        json.WriteNumber("flag", (int)QualityPrecedence.Combine(observation.Value is null ? flags.Append(QualityGrade.Missing) : flags));
        json.WriteStartArray("tests");
        foreach (var (test, result) in observation.Results)
        {
            json.WriteStartObject();
            json.WriteString("name", test.Name);
            json.WriteString("test", test.Test.Name);
            json.WriteNumber("flag", (int)result.Flag);
            json.WriteString("en", result.Explanation.En);
            json.WriteString("zh", result.Explanation.Zh);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWhereGiven(Utf8JsonWriter json, string member, string? text)
    {
        if (text is not null)
        {
            json.WriteString(member, text);
        }
    }
}
