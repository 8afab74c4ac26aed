namespace Sensor.Ingest.Configuration;

/// <summary>A party whose signature is known here.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">The party, as agreements name it.</param>
/// <param name="PublicKeyPem">Its P-256 public key.</param>
public sealed record PartyConfiguration(string Id, string PublicKeyPem);
