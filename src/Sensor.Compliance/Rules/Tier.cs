using Sensor.Compliance.Agreements;

namespace Sensor.Compliance.Rules;

/// <summary>A step of a rule's schedule.</summary>
/// <param name="Id">Its id in the agreement.</param>
/// <param name="Pays">Who pays whom; null where nobody pays.</param>
internal sealed record Tier(string Id, Payment? Pays);
