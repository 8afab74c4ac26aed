using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Outbox;

/// <summary>What became of a message on a receipt topic.</summary>
internal enum ReceiptOutcome
{
    /// <summary>It is stored; it may cover more than before or the same.</summary>
    Accepted,

    /// <summary>The operator holds less than it did and says so later than before; what it lacks is sent again.</summary>
    Regressed,

    /// <summary>It says nothing new: seen before, or overtaken.</summary>
    Stale,

    /// <summary>It is about a run that this outbox does not hold, such as one from before a change of the card.</summary>
    UnknownRun,

    /// <summary>It is not a receipt of this operator for this station.</summary>
    Refused,

    /// <summary>It is truly signed and contradicts what this station signed: someone has to look.</summary>
    Alarm,
}

/// <summary>The outcome and, for a person, why.</summary>
internal sealed record ReceiptVerdict(ReceiptOutcome Outcome, string Detail);

/// <summary>Whether a message is a receipt that a configured operator signed for this station.</summary>
internal sealed class ReceiptCheck : IDisposable
{
    private readonly StationConfiguration _configuration;
    private readonly Dictionary<string, PublicKey> _keys;

    public ReceiptCheck(StationConfiguration configuration)
    {
        _configuration = configuration;
        _keys = configuration.Operators.ToDictionary(o => o.Id, o => PublicKey.FromPem(o.PublicKeyPem), StringComparer.Ordinal);
    }

    /// <summary>Takes a receipt from a message; a refusal says why not.</summary>
    public bool TryOpen(string operatorId, ReadOnlyMemory<byte> message, out Envelope envelope, out Receipt receipt, out string refusal)
    {
        (receipt, refusal) = (null!, "");
        if (!Envelope.TryParse(message, out envelope, out var reason))
        {
            refusal = $"{reason.Reason}: {reason.Detail}";
        }
        else if (envelope.ContentType != ContentTypes.Receipt)
        {
            refusal = $"it is signed as {envelope.ContentType}, not as a receipt";
        }
        else if (!_keys.TryGetValue(operatorId, out var key) || !envelope.Verify(key))
        {
            refusal = $"it is not signed by the configured key of operator {operatorId} (it names key {envelope.KeyId})";
        }
        else if (!ReceiptCodec.TryDecode(envelope.Payload, out receipt, out reason))
        {
            refusal = $"{reason.Reason}: {reason.Detail}";
        }
        else if (receipt.Operator != operatorId || receipt.Deployment != _configuration.Deployment || receipt.Station != _configuration.Station)
        {
            refusal = $"it is operator {receipt.Operator}'s for station {receipt.Station} of deployment {receipt.Deployment}";
        }

        return refusal.Length == 0;
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
