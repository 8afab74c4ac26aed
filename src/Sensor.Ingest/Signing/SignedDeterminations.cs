using Sensor.Compliance.Agreements;
using Sensor.Contracts;

namespace Sensor.Ingest.Signing;

/// <summary>A document of determinations with the signatures that were entered.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Bytes">Its exact bytes.</param>
/// <param name="Signatures">The detached signature of each party that signed, by party.</param>
/// <param name="RecordedAt">When it was entered here.</param>
/// <param name="RecordedBy">Who entered it.</param>
internal sealed record SignedDeterminations(
    Determinations Document, byte[] Bytes, IReadOnlyDictionary<string, string> Signatures, Instant RecordedAt, string RecordedBy)
{
    /// <summary>The parties of an agreement whose signature is missing. It takes effect when there is none.</summary>
    public IEnumerable<string> Missing(AgreementHistory agreement) => agreement.Latest.Parties.Select(p => p.Id).Where(id => !Signatures.ContainsKey(id));
}
