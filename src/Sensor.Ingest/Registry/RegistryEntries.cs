using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Ingest.Registry;

/// <summary>From when on a station stands at a section.</summary>
/// <param name="Station">The station.</param>
/// <param name="Section">The section.</param>
/// <param name="From">The first moment; null for as long as the station has existed.</param>
/// <param name="By">Who entered it.</param>
public sealed record StationPlacement(string Station, string Section, Instant? From, string By);

/// <summary>A key with which a station signs.</summary>
/// <param name="Station">The station.</param>
/// <param name="KeyId">The key's fingerprint.</param>
/// <param name="RevokedAt">The moment from which newly arriving records of the key are refused; null while it is allowed.</param>
public sealed record StationKey(string Station, Digest KeyId, Instant? RevokedAt)
{
    /// <summary>Whose key it is: the station's own, or that with which the operator vouches for what it imported. The keys of one station are all of one kind.</summary>
    public Trust Trust { get; init; } = Trust.Device;
}
