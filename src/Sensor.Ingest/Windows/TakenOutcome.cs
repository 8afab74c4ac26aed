using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;

namespace Sensor.Ingest.Windows;

/// <summary>An outcome that was new to the store, and as what it was stored.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record TakenOutcome(Outcome Outcome, Succession Succession);
