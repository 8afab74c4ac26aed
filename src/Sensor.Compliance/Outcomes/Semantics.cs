namespace Sensor.Compliance.Outcomes;

/// <summary>The version of the way from observations to an outcome, as docs/agreements.md describes it.</summary>
public static class Semantics
{
    /// <summary>It changes whenever the same input would give other bytes.</summary>
    public const string Version = "1";
}
