namespace Sensor.Edge.Configuration;

/// <summary>An operator whose receipts count.</summary>
/// <param name="Id">The operator, <c>[a-z0-9-]{1,32}</c>.</param>
/// <param name="PublicKeyPem">Its P-256 public key as PEM.</param>
public sealed record OperatorConfiguration(string Id, string PublicKeyPem);
