namespace Sensor.Edge.Outbox;

/// <summary>When SQLite waits for the disk, by its own numbers. A station always uses <see cref="Full"/>; the others exist so that a trial can show what they lose.</summary>
internal enum Synchronisation
{
    /// <summary>Never.</summary>
    Off = 0,

    /// <summary>Before a checkpoint only.</summary>
    Normal = 1,

    /// <summary>At every commit.</summary>
    Full = 2,
}
