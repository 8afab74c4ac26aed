using Sensor.Contracts;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Remote;

/// <summary>One thing that an operator can order. One file each.</summary>
internal interface IRemoteCommand
{
    /// <summary>Its name on the wire.</summary>
    string Name { get; }

    /// <summary>The word of <c>commands</c> in the configuration that lets it be obeyed; null where it always is.</summary>
    string? Word { get; }

    /// <summary>Finds out what obeying means, without doing what cannot be done twice.</summary>
    /// <exception cref="RefusedOrderException">It cannot be obeyed.</exception>
    Task<Obedience> ObeyAsync(Order order, CancellationToken stop);
}

/// <summary>How an order is obeyed.</summary>
internal sealed record Obedience
{
    public static readonly Obedience Done = new();

    /// <summary>Records that go before the answer, in its transaction.</summary>
    public IReadOnlyList<RecordBody> Before { get; init; } = [];

    /// <summary>What is remembered, in the same transaction.</summary>
    public IReadOnlyList<DriverPosition> Remember { get; init; } = [];

    /// <summary>What is done when the answer is durable.</summary>
    public Action? Then { get; init; }
}

/// <summary>Why an order is refused, in words for the operator.</summary>
internal sealed class RefusedOrderException(string why) : Exception(why);
