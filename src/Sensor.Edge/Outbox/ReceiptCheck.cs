using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Publishing;

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
internal sealed class ReceiptCheck(StationConfiguration configuration) : IDisposable
{
    private readonly OperatorMail _mail = new(configuration);

    /// <summary>Takes a receipt from a message; a refusal says why not.</summary>
    public bool TryOpen(string operatorId, ReadOnlyMemory<byte> message, out Envelope envelope, out Receipt receipt, out string refusal)
    {
        receipt = null!;
        refusal = _mail.TryOpen(operatorId, message, ContentTypes.Receipt, out envelope);
        if (refusal.Length == 0)
        {
            refusal = ReceiptCodec.TryDecode(envelope.Payload, out receipt, out var reason)
                ? _mail.Address(operatorId, receipt.Operator, receipt.Deployment, receipt.Station)
                : $"{reason.Reason}: {reason.Detail}";
        }

        return refusal.Length == 0;
    }

    public void Dispose() => _mail.Dispose();
}
