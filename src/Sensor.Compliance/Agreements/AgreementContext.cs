using Sensor.Compliance.Standards;

namespace Sensor.Compliance.Agreements;

/// <summary>What the parts of an agreement need to know of each other while it is read.</summary>
/// <param name="Stated">Reads numbers with their provenance.</param>
/// <param name="PartyIds">The ids of the parties.</param>
/// <param name="ParameterCodes">The factor codes of the agreed parameters.</param>
/// <param name="WaterBodies">The kinds of water of the agreed sections.</param>
/// <param name="Currency">ISO 4217 code of all amounts.</param>
internal sealed record AgreementContext(StatedReader Stated, IReadOnlyList<string> PartyIds, IReadOnlyList<string> ParameterCodes, IReadOnlyList<WaterBody> WaterBodies, string Currency);
