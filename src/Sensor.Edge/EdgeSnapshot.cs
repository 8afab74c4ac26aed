using Sensor.Contracts;

namespace Sensor.Edge;

/// <summary>How a station stands at one moment.</summary>
/// <param name="Run">The run of this process.</param>
/// <param name="Appended">How many records the outbox holds, those of earlier runs included.</param>
/// <param name="LastSequence">The last sequence of this run.</param>
/// <param name="Undelivered">For each operator, how many records it has not receipted.</param>
/// <param name="ReplayEnded">Whether every replay has signed its last record; true when there is none.</param>
/// <param name="Connected">Whether there is a connection to the broker.</param>
public sealed record EdgeSnapshot(LifeId Run, long Appended, long LastSequence, IReadOnlyDictionary<string, long> Undelivered, bool ReplayEnded, bool Connected);

/// <summary>What operators enrol of a station.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Station">The station.</param>
/// <param name="Fingerprint">SHA-256 of the public key, the key id on the wire.</param>
/// <param name="PublicKeyPem">The public key as PEM.</param>
public sealed record StationIdentity(string Deployment, string Station, Digest Fingerprint, string PublicKeyPem);
