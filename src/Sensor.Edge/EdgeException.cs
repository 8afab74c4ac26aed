namespace Sensor.Edge;

/// <summary>The station cannot go on and says what a person has to do.</summary>
public sealed class EdgeException : Exception
{
    internal EdgeException(int exitCode, string message, Exception? cause = null, bool damagedOutbox = false)
        : base(message, cause) => (ExitCode, DamagedOutbox) = (exitCode, damagedOutbox);

    /// <summary>Whether the storage takes nothing now, so that trying again later may help.</summary>
    internal bool StorageRefuses { get; init; }

    /// <summary>The exit code of the command line, documented in docs/station.md.</summary>
    public int ExitCode { get; }

    /// <summary>Whether the outbox's file is damaged: the next start puts it aside and goes on.</summary>
    internal bool DamagedOutbox { get; }
}
