using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Projection;

/// <summary>Looks, after every failure and once a minute, whether the server still holds the current generation, and whether stations stand where they stood.</summary>
/// <remarks>One task at a time, except <see cref="Doubt"/>.</remarks>
internal sealed class ServerWatch(GenerationPointer pointer, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private volatile bool _doubt = true;
    private long _looked;
    private Generation? _seen;
    private bool _holds;
    private (long Generation, string Registry, bool Misplaced)? _placed;

    /// <summary>The server failed: what it holds is looked at before anything else is written.</summary>
    public void Doubt() => _doubt = true;

    /// <summary>Whether the server holds a generation.</summary>
    public async Task<bool> HoldsAsync(Generation generation, CancellationToken stop)
    {
        var changed = _seen?.Number != generation.Number;
        if (changed || _doubt || time.GetElapsedTime(_looked) > Period)
        {
            var before = changed ? _seen : null;
            _holds = (await pointer.ReadAsync(stop)).GetValueOrDefault(generation.Number) == generation.Marker;
            await RenewAsync(generation, before, stop);
            (_doubt, _looked, _seen) = (false, time.GetTimestamp(), generation);
        }

        return _holds;
    }

    /// <summary>Whether the registry now puts water elsewhere than a generation does. Looked up when either changed.</summary>
    public bool IsMisplaced(Generation generation, RegistrySnapshot registry, ProjectionStore store)
    {
        if (_placed is not { } placed || placed.Generation != generation.Number || placed.Registry != registry.Text)
        {
            _placed = placed = (generation.Number, registry.Text, store.IsMisplaced(generation.Number, registry));
        }

        return placed.Misplaced;
    }

    private async Task RenewAsync(Generation generation, Generation? before, CancellationToken stop)
    {
        if (!_holds)
        {
            return;
        }

        await pointer.WriteAsync(generation, stop);
        if (before is not null && before.Number < generation.Number)
        {
            // A batch may have been on its way to it while a rebuild dropped it.
            await pointer.DropAsync(before.Number, stop);
        }
    }
}
