using Sensor.Contracts;
using Sensor.Edge.Outbox;
using Sensor.Edge.Publishing;

namespace Sensor.Edge.Remote;

/// <summary><c>resend</c>: sends records again although they were receipted, as far as the outbox still holds them.</summary>
internal sealed class ResendCommand(StationOutbox outbox, Func<Publisher> publisher) : IRemoteCommand
{
    private const long Most = 1_000_000;

    public string Name => "resend";

    public string? Word => null;

    public Task<Obedience> ObeyAsync(Order order, CancellationToken stop)
    {
        var arguments = new OrderArguments(order.Command);
        var (run, first, last) = (LifeId.Parse(arguments.Hexadecimal("run", 2 * LifeId.Size)), arguments.Whole("first", 1, long.MaxValue), arguments.Whole("last", 1, long.MaxValue));
        arguments.End();
        if (last < first || last - first >= Most)
        {
            throw new RefusedOrderException($"first to last are not 1 to {Most} records");
        }

        if (outbox.PositionsOf(run, first, last) is not { } positions)
        {
            throw new RefusedOrderException($"the outbox holds nothing of run {run} from {first} to {last}");
        }

        return Task.FromResult(new Obedience { Then = () => publisher().SendAgain(positions.First, positions.Last) });
    }
}
