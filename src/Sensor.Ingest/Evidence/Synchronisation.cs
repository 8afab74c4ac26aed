namespace Sensor.Ingest.Evidence;

/// <summary>What a commit waits for; SQLite's numbers of <c>PRAGMA synchronous</c>.</summary>
internal enum Synchronisation
{
    /// <summary>Nothing.</summary>
    Off = 0,

    /// <summary>The disk at checkpoints only.</summary>
    Normal = 1,

    /// <summary>The disk, at every commit.</summary>
    Full = 2,
}
