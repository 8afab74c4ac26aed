using Sensor.Contracts;
using Sensor.Contracts.Keys;

namespace Sensor.Ingest.Interop;

/// <summary>The keys with which the operator signs what it imports: one for each station, because a key belongs to one station.</summary>
internal static class ImportKeys
{
    /// <summary>The key of a station, made where there is none, below <c>attest</c> in the data directory.</summary>
    /// <exception cref="ArgumentException">The id is not well-formed.</exception>
    public static SigningKey Of(string dataDirectory, string station) => Names.IsStation(station)
        ? SigningKey.LoadOrCreate(Path.Combine(dataDirectory, "attest", station + ".key.pem"))
        : throw new ArgumentException($"'{station}' is not a station id: 1 to 32 capital letters, digits and -.");

    /// <summary>The public half alone.</summary>
    /// <inheritdoc cref="Of"/>
    public static PublicKey PublicOf(string dataDirectory, string station)
    {
        using var key = Of(dataDirectory, station);
        return PublicKey.FromSubjectPublicKeyInfo(key.Public.SubjectPublicKeyInfo.ToArray());
    }
}
