using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>A receipt that a cut takes in.</summary>
/// <param name="Digest">The digest of its envelope, by which records embed it.</param>
/// <param name="Receipt">What the operator signed.</param>
public sealed record ReceiptInCut(Digest Digest, Receipt Receipt);
