namespace Sensor.Compliance.Cuts;

/// <summary>A record whose readings, check or calibration other records date.</summary>
/// <param name="Record">The record.</param>
/// <param name="Anchors">The synchronised records on which their intervals rest.</param>
public sealed record AnchoredRecord(RecordInCut Record, IReadOnlyList<RecordInCut> Anchors);
