namespace Sensor.Ingest.Projection;

/// <summary>Begins a generation and makes it the one that dashboards read.</summary>
internal sealed class GenerationChange(ProjectionStore store, IInfluxServer server, GenerationPointer pointer)
{
    /// <summary>Enters a generation that nobody reads yet, with a number that neither side has used.</summary>
    public async Task<Generation> BeginAsync(CancellationToken stop)
    {
        await server.PrepareAsync(stop);
        var used = (await pointer.ReadAsync(stop)).Keys.Concat(store.All().Select(g => g.Number)).DefaultIfEmpty(0).Max();
        return store.Add(used + 1, current: false);
    }

    /// <summary>Points to a generation, makes it the current one here, and drops the older ones.</summary>
    public async Task ShowAsync(Generation generation, CancellationToken stop)
    {
        await pointer.WriteAsync(generation, stop);
        var older = store.All().Select(g => g.Number).ToList();
        store.Switch(generation.Number);
        foreach (var number in older.Concat((await pointer.ReadAsync(stop)).Keys).Where(n => n < generation.Number).Distinct())
        {
            await pointer.DropAsync(number, stop);
        }
    }
}
