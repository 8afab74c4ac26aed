namespace Sensor.Edge.Commands;

/// <summary>What the command line returns; docs/station.md states the same numbers.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Something that nobody expected; the log says what.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line or the configuration has mistakes.</summary>
    public const int Mistakes = 2;

    /// <summary>The station's key is absent, unreadable or another one than the outbox was made with.</summary>
    public const int Key = 3;

    /// <summary>The outbox is damaged, in use by another process, or belongs to another station.</summary>
    public const int Outbox = 4;

    /// <summary>An instrument, or something else that was looked at, is not as it should be.</summary>
    public const int Findings = 5;
}
