namespace Sensor.Edge;

/// <summary>The station cannot go on and says what a person has to do.</summary>
public sealed class EdgeException : Exception
{
    internal EdgeException(int exitCode, string message, Exception? cause = null)
        : base(message, cause) => ExitCode = exitCode;

    /// <summary>The exit code of the command line, documented in docs/station.md.</summary>
    public int ExitCode { get; }
}
