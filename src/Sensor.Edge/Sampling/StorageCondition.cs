namespace Sensor.Edge.Sampling;

/// <summary>Whether the storage takes records now, for the log and the status document.</summary>
/// <param name="Fault">Why not; null while it does.</param>
/// <param name="Waiting">How many records wait in memory, unsigned.</param>
/// <param name="Dropped">How many did not fit there since the process began; missing readings stand for them.</param>
internal sealed record StorageState(string? Fault, int Waiting, long Dropped);

/// <summary>Where the record store says how it stands.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StorageCondition
{
    private StorageState _state = new(null, 0, 0);

    public StorageState State => Volatile.Read(ref _state);

    public void Report(StorageState state) => Volatile.Write(ref _state, state);
}
