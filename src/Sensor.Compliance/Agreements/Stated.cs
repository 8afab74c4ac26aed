namespace Sensor.Compliance.Agreements;

/// <summary>A number or choice of an agreement with where it comes from.</summary>
/// <param name="Value">The number or choice.</param>
/// <param name="Source">Where it is stated, or why it was chosen.</param>
/// <param name="Certainty">How certain it is that this is what was signed.</param>
public sealed record Stated<T>(T Value, string Source, Certainty Certainty);
