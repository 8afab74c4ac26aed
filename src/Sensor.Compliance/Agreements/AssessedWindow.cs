namespace Sensor.Compliance.Agreements;

/// <summary>A window and the one version of an agreement that assesses it. Two are equal only if they are the same object.</summary>
/// <param name="window">The window.</param>
/// <param name="agreement">The version.</param>
public sealed class AssessedWindow(Window window, Agreement agreement)
{
    /// <summary>The window.</summary>
    public Window Window { get; } = window;

    /// <summary>The version that assesses it.</summary>
    public Agreement Agreement { get; } = agreement;
}
