using Sensor.Edge.Configuration;

namespace Sensor.Edge.Remote;

/// <summary>Orders that wait until every operator has ordered the same.</summary>
internal sealed class Consents(StationConfiguration configuration, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly List<(Order Order, long Since)> _waiting = [];

    /// <summary>How long the oldest may still wait; null where none does.</summary>
    public TimeSpan? Left => _waiting.Count == 0 ? null : Patience - time.GetElapsedTime(_waiting[0].Since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>What can be answered now: the order by itself, or with those that waited for it; nothing while others have to order the same.</summary>
    public IReadOnlyList<Order> Take(string word, Order order)
    {
        if (configuration.Operators.Count < 2 || !configuration.Commands.EveryOperator.Contains(word))
        {
            return [order];
        }

        _waiting.Add((order, time.GetTimestamp()));
        var same = _waiting.Where(w => w.Order.IsSameAs(order)).Select(w => w.Order).ToList();
        if (same.Select(o => o.Command.Operator).Distinct(StringComparer.Ordinal).Count() < configuration.Operators.Count)
        {
            return [];
        }

        _waiting.RemoveAll(w => same.Contains(w.Order));
        return same;
    }

    /// <summary>Whether an order waits already; it comes again with each connection.</summary>
    public bool Holds(Order order) => _waiting.Exists(w => w.Order.Envelope.Digest == order.Envelope.Digest);

    /// <summary>Takes out what waits of an operator: it has ordered something else since.</summary>
    public IReadOnlyList<Order> TakeOf(string operatorId) => TakeOut(w => w.Order.Command.Operator == operatorId);

    /// <summary>Takes out what has waited too long.</summary>
    public IReadOnlyList<Order> TakeExpired() => TakeOut(w => time.GetElapsedTime(w.Since) >= Patience);

    private List<Order> TakeOut(Func<(Order Order, long Since), bool> which)
    {
        var taken = _waiting.Where(which).ToList();
        _waiting.RemoveAll(taken.Contains);
        return [.. taken.Select(w => w.Order)];
    }
}
