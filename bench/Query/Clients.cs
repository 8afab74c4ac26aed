using System.Diagnostics;
using WaterWatch.Bench.Ingest;

namespace WaterWatch.Bench.Query;

/// <summary>How long answers took.</summary>
/// <param name="Name">What was asked.</param>
/// <param name="Milliseconds">The times from the question to the last byte, ascending.</param>
/// <param name="Bytes">The bytes of one answer.</param>
internal sealed record AnswerTimes(string Name, IReadOnlyList<double> Milliseconds, long Bytes)
{
    /// <summary>The time within which so many of a hundred answers came, by nearest rank.</summary>
    public double Percentile(int percent) => Milliseconds[int.Max(1, (int)Math.Ceiling(Milliseconds.Count * percent / 100.0)) - 1];
}

/// <summary>Clients that ask for a year of one section after another, each as soon as it has its answer.</summary>
internal sealed class Clients(FilledIngest filled, int seed) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = filled.Server.Address, Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>Asks until so many answers came.</summary>
    public async Task<AnswerTimes> AskAsync(string name, string format, int clients, int answers)
    {
        var sections = new Random(seed);
        var due = new Queue<string>(Enumerable.Range(0, answers).Select(_ => Question(filled.Stations[sections.Next(filled.Stations.Count)], format)));
        var (times, bytes) = (new List<double>(), 0L);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Next() is { } question)
            {
                var begun = Stopwatch.GetTimestamp();
                var length = (await _http.GetByteArrayAsync(question)).Length;
                Note(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, length);
            }
        })));
        return new AnswerTimes(name, [.. times.Order()], bytes);

        string? Next()
        {
            lock (due)
            {
                return due.TryDequeue(out var next) ? next : null;
            }
        }

        void Note(double milliseconds, long length)
        {
            lock (due)
            {
                times.Add(milliseconds);
                bytes = length;
            }
        }
    }

    /// <summary>The readings in the answer about one section, as the CSV counts them.</summary>
    public async Task<int> ReadingsOfOneAsync() =>
        (await _http.GetStringAsync(Question(filled.Stations[0], "csv"))).Count(c => c == '\n') - 1;

    public void Dispose() => _http.Dispose();

    private static string Question(string station, string format) =>
        $"api/v1/observations?section={Uri.EscapeDataString(IngestServer.SectionOf(station))}&from=2021-01-01T00:00:00%2B08:00&to=2022-01-01T00:00:00%2B08:00&limit=10000&format={format}";
}
