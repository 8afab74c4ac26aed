using Sensor.Contracts;

namespace Sensor.Edge.Remote;

/// <summary><c>configuration-offer</c>: the first phase. A document that could be the station's configuration is kept aside; nothing changes.</summary>
internal sealed class OfferConfigurationCommand(CommandInbox inbox, RemoteConfiguration remote, TimeProvider time) : IRemoteCommand
{
    public string Name => "configuration-offer";

    public string Word => "configuration";

    public async Task<Obedience> ObeyAsync(Order order, CancellationToken stop)
    {
        var arguments = new OrderArguments(order.Command);
        var digest = arguments.Hexadecimal("digest", 2 * Digest.Size);
        arguments.End();
        var document = await inbox.OfferedAsync(order.Command.Operator, digest, time, stop).ConfigureAwait(false)
            ?? throw new RefusedOrderException($"the document {digest} did not come on the operator's configuration topic");
        remote.Offer(document);
        return Obedience.Done;
    }
}

/// <summary><c>configuration-apply</c>: the second phase. The station starts anew with a document that was offered.</summary>
internal sealed class ApplyConfigurationCommand(string inForce, RemoteConfiguration remote, Action restart) : IRemoteCommand
{
    public string Name => "configuration-apply";

    public string Word => "configuration";

    public Task<Obedience> ObeyAsync(Order order, CancellationToken stop)
    {
        var arguments = new OrderArguments(order.Command);
        var digest = arguments.Hexadecimal("digest", 2 * Digest.Size);
        arguments.End();
        if (digest == inForce)
        {
            // The answer was lost with the power, and the command came again.
            return Task.FromResult(Obedience.Done);
        }

        remote.Apply(digest, inForce);
        return Task.FromResult(new Obedience { Then = restart });
    }
}
