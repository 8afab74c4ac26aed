using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Samples;

/// <summary>Decides which files of joint samples may be entered: those of which every line can belong to a sample of an agreement that is evaluated here.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SampleDesk(SampleStore store, IReadOnlyList<AgreementHistory> agreements, TimeProvider time)
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Checks and enters a file. A file that is here already, or says nothing new, changes nothing.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="bytes">Its exact bytes.</param>
    /// <param name="reason">Why it states otherwise what was stated before; needed where it does.</param>
    /// <param name="by">Who enters it.</param>
    /// <exception cref="DocumentException">The file has mistakes, or supersedes without a reason; everything is in the exception.</exception>
    public SampleEntry Enter(string name, byte[] bytes, string? reason, string by)
    {
        var lines = Read(name, bytes);
        var problems = new SampleCheck(agreements, Instant.From(time.GetUtcNow())).Problems(lines).ToList();
        if (problems.Count > 0)
        {
            throw new DocumentException(name, problems);
        }

        SampleEntry? entry = null;
        store.Enter(bytes, reason, by, held => (entry = Compare(name, Digest.Of(bytes), lines, held, reason)).HasNews);
        return entry!;
    }

    private static IReadOnlyList<ObservationLine> Read(string name, byte[] bytes)
    {
        try
        {
            return bytes.Length > MostBytes ? throw Wrong(name, $"has {bytes.Length} bytes, more than {MostBytes}", "Enter it in parts")
                : EnteredSamples.Read(bytes) is { Count: > 0 } lines ? lines
                : throw Wrong(name, "has no line", "Give a file with results");
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            throw Wrong(name, e is FormatException ? e.Message : "is not UTF-8", e is FormatException ? "Correct the line; nothing of the file is entered" : "Save the file in the encoding UTF-8");
        }
    }

    private static SampleEntry Compare(string name, Digest digest, IReadOnlyList<ObservationLine> lines, IReadOnlyList<EnteredSamples> held, string? reason)
    {
        var entry = new SampleEntry(digest, 0, 0, 0);
        if (held.Any(h => h.Digest == digest))
        {
            return entry with { Repeated = lines.Count };
        }

        var (stated, problems) = (new Dictionary<SampleResult, (Observation Said, Digest File)>(), new List<DocumentProblem>());
        foreach (var (file, result) in held.SelectMany(h => h.InCut.Results.Select(r => (h.Digest, r))))
        {
            stated[SampleResult.Of(result)] = (result, file);
        }

        foreach (var line in lines)
        {
            var result = line.ToObservation();
            if (!stated.TryGetValue(SampleResult.Of(result), out var before))
            {
                entry = entry with { New = entry.New + 1 };
                continue;
            }

            var same = before.Said with { Order = result.Order } == result;
            entry = same ? entry with { Repeated = entry.Repeated + 1 } : entry with { Revised = entry.Revised + 1 };
            if (!same && reason is null)
            {
                problems.Add(new DocumentProblem(
                    $"line {line.Line}", $"{line.Source} stated {before.Said.Value?.ToString() ?? "no value"} {before.Said.Flag} for {line.Parameter} of {line.TimeText} before, in the file {before.File}",
                    "Say with --reason why this line takes its place, or correct it; both are kept"));
            }
        }

        return problems.Count == 0 ? entry : throw new DocumentException(name, problems);
    }

    private static DocumentException Wrong(string name, string what, string remedy) => new(name, [new DocumentProblem("", what, remedy)]);
}
