using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>A file of results of joint samples.</summary>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Results">Its results; of two of the same the later one stands.</param>
public sealed record SampleFile(Digest Digest, IReadOnlyList<Observation> Results);

/// <summary>
/// The results of joint samples that a cut takes in. Of two files that state a result differently the later one counts; the cut names which
/// file supersedes which, and an observation's order is the length of that chain, so that files which have nothing to do with each other
/// may be entered in any order.
/// </summary>
/// <remarks>Pure and thread-safe.</remarks>
/// <param name="Observations">All results of the named files that bear on the cut.</param>
/// <param name="Files">The files, by digest; one that only repeats what others state is not among them.</param>
public sealed record ObservationsOfSamples(IReadOnlyList<Observation> Observations, IReadOnlyList<CutSamples> Files)
{
    /// <summary>No samples.</summary>
    public static ObservationsOfSamples None { get; } = new([], []);

    /// <summary>The results that bear on a cut.</summary>
    /// <param name="files">The files in the order in which they were entered.</param>
    /// <param name="bears">Which results bear on it.</param>
    public static ObservationsOfSamples Of(IEnumerable<SampleFile> files, Func<Observation, bool> bears)
    {
        var bearing = files.Select(f => f with { Results = [.. f.Results.Where(bears).GroupBy(o => o.Key).Select(g => g.Last())] }).ToList();
        var observations = new List<Observation>();
        var (stated, depths, cut) = (new Dictionary<ObservationKey, Statement>(), new Dictionary<Digest, int>(), new List<CutSamples>());
        foreach (var file in WithNews(bearing))
        {
            var superseded = file.Results.SelectMany(result => Superseded(stated, result, file.Digest)).Distinct().Order().ToList();
            depths[file.Digest] = superseded.Count == 0 ? 0 : superseded.Max(s => depths[s]) + 1;
            cut.Add(new CutSamples(file.Digest, superseded));
            observations.AddRange(file.Results.Select(result => result with { Order = depths[file.Digest] }));
        }

        return new ObservationsOfSamples(observations, [.. cut.OrderBy(c => c.Digest)]);
    }

    /// <summary>The files that state something which none before them stated last.</summary>
    private static List<SampleFile> WithNews(List<SampleFile> files)
    {
        var said = new Dictionary<ObservationKey, string>();
        return files.FindAll(file =>
        {
            var news = file.Results.Where(r => said.GetValueOrDefault(r.Key) != CurrentObservations.Content(r)).ToList();
            news.ForEach(r => said[r.Key] = CurrentObservations.Content(r));
            return news.Count > 0;
        });
    }

    /// <summary>Takes a statement in; the files whose statement of the same result it replaces.</summary>
    private static List<Digest> Superseded(Dictionary<ObservationKey, Statement> stated, Observation result, Digest file)
    {
        var content = CurrentObservations.Content(result);
        if (stated.TryGetValue(result.Key, out var last) && last.Content == content)
        {
            last.Files.Add(file);
            return [];
        }

        stated[result.Key] = new Statement(content, [file]);
        return last?.Files ?? [];
    }

    private sealed record Statement(string Content, List<Digest> Files);
}
