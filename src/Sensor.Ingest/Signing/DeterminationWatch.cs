using Sensor.Compliance.Agreements;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Signing;

/// <summary>Keeps the determinations in effect at hand and notices within half a second what the command line entered.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="store">The file.</param>
/// <param name="desk">Tells what is in effect.</param>
/// <param name="agreements">The agreements that are evaluated.</param>
/// <param name="changed">Called after every change, on any thread.</param>
/// <param name="time">The clock of the look-ups.</param>
internal sealed class DeterminationWatch(DeterminationStore store, DeterminationDesk desk, IReadOnlyList<AgreementHistory> agreements, Action changed, TimeProvider time) : IAsyncDisposable
{
    private readonly StoreWatch<IReadOnlyDictionary<string, DeterminationHistory>> _watch = new(
        () => store.Version, () => agreements.ToDictionary(a => a.Id, desk.InEffect, StringComparer.Ordinal), changed, time);

    /// <summary>The determinations in effect for an agreement.</summary>
    public DeterminationHistory Of(AgreementHistory agreement) => _watch.Current.GetValueOrDefault(agreement.Id, DeterminationHistory.None);

    public ValueTask DisposeAsync() => _watch.DisposeAsync();
}
