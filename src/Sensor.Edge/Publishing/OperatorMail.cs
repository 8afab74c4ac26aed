using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Publishing;

/// <summary>Opens what operators sign for this station.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OperatorMail(StationConfiguration configuration) : IDisposable
{
    private readonly Dictionary<string, PublicKey> _keys = configuration.Operators.ToDictionary(o => o.Id, o => PublicKey.FromPem(o.PublicKeyPem), StringComparer.Ordinal);

    /// <summary>Takes an envelope from a message; the refusal says why not, and is empty where it was taken.</summary>
    public string TryOpen(string operatorId, ReadOnlyMemory<byte> message, string contentType, out Envelope envelope)
    {
        if (!Envelope.TryParse(message, out envelope, out var reason))
        {
            return $"{reason.Reason}: {reason.Detail}";
        }

        if (envelope.ContentType != contentType)
        {
            return $"it is signed as {envelope.ContentType}, not as {contentType}";
        }

        return !_keys.TryGetValue(operatorId, out var key) || !envelope.Verify(key)
            ? $"it is not signed by the configured key of operator {operatorId} (it names key {envelope.KeyId})"
            : "";
    }

    /// <summary>Why what an operator says is not meant for this station; empty where it is.</summary>
    public string Address(string operatorId, string named, string deployment, string station) =>
        named != operatorId || deployment != configuration.Deployment || station != configuration.Station
            ? $"it is operator {named}'s for station {station} of deployment {deployment}"
            : "";

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
