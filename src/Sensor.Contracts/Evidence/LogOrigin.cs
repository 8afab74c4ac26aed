namespace Sensor.Contracts.Evidence;

/// <summary>Names one evidence log for ever: the first line of its checkpoints and the name of its signatures.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Deployment">The deployment.</param>
/// <param name="Operator">The operator whose log it is.</param>
/// <param name="Log">16 random bytes, drawn when the log was opened: a log that went back behind what it had published is another one.</param>
public sealed record LogOrigin(string Deployment, string Operator, LifeId Log)
{
    /// <summary>Reads what <see cref="ToString"/> writes; false where the text is something else.</summary>
    public static bool TryParse(string text, out LogOrigin origin)
    {
        var formed = text.Split('/') is [var deployment, var by, var log] && Names.IsLowerId(deployment) && Names.IsLowerId(by) && LifeId.IsWritten(log);
        origin = formed && text.Split('/') is [var d, var o, var l] ? new LogOrigin(d, o, LifeId.Parse(l)) : null!;
        return formed;
    }

    /// <summary>Deployment, operator and the log in 32 hexadecimal digits, with strokes between them.</summary>
    public override string ToString() => $"{Deployment}/{Operator}/{Log}";
}
