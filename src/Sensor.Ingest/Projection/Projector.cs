using Sensor.Compliance.Cuts;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Projection;

/// <summary>Carries the evidence into one generation, a bounded number of records at a time.</summary>
/// <remarks>One task at a time.</remarks>
internal sealed class Projector(EvidenceCursor evidence, ProjectionStore store, IInfluxServer server, LineWriter lines)
{
    private const int Records = 250;
    private const int Waters = 500;

    /// <summary>Writes what is left over, then the next records; the cursor goes on only when the server has confirmed all of it.</summary>
    /// <returns>Whether there were records.</returns>
    /// <exception cref="InfluxUnavailableException">The server did not confirm; the same again does no harm.</exception>
    public async Task<bool> RoundAsync(Generation generation, RegistrySnapshot registry, CancellationToken stop)
    {
        await FlushAsync(generation, stop);
        var rows = evidence.After(generation.Taken, Records);
        if (rows.Count > 0)
        {
            store.Take(generation, rows, registry);
            await FlushAsync(generation, stop);
        }

        return rows.Count > 0;
    }

    private async Task FlushAsync(Generation generation, CancellationToken stop)
    {
        while (store.Dirty(generation.Number, Waters) is { Count: > 0 } waters)
        {
            var runs = new Dictionary<string, RunOrder>(StringComparer.Ordinal);
            var batch = new List<string>();
            foreach (var water in waters)
            {
                batch.AddRange(await LinesOfAsync(generation, water, runs, stop));
            }

            await lines.WriteAsync(batch, stop);
            store.Clean(generation.Number, waters);
        }

        store.Confirm(generation.Number);
    }

    private async Task<IEnumerable<string>> LinesOfAsync(Generation generation, Water water, Dictionary<string, RunOrder> runs, CancellationToken stop)
    {
        var statements = store.About(generation.Number, water, out var first, out var any);
        if (first.Length == 0)
        {
            return [];
        }

        if (any > 1)
        {
            // The server joins the fields of points with one name and moment: a value that was taken back would stay.
            var tags = ObservationPoints.Tags(first, water);
            await server.DeleteAsync(generation.Observations, tags, water.Sampled, stop);
            await server.DeleteAsync(generation.Superseded, tags, water.Sampled, stop);
        }

        if (!runs.TryGetValue(water.Station, out var order))
        {
            runs.Add(water.Station, order = evidence.RunsOf(water.Station));
        }

        return ObservationPoints.Of(generation, first, Revisions.Of(statements, order));
    }
}
