namespace Sensor.Edge.Publishing;

/// <summary>Why the broker cannot be used now, classified where it arose; <see cref="RetryPolicy"/> decides what follows.</summary>
internal sealed class BrokerException(BrokerFault fault, string detail, string remedy, Exception? cause = null)
    : Exception($"{detail.TrimEnd('.')}. {remedy}", cause)
{
    public BrokerFault Fault { get; } = fault;
}

/// <summary>The kinds of fault of a broker.</summary>
internal enum BrokerFault
{
    /// <summary>No connection came about.</summary>
    Unreachable,

    /// <summary>The connection ended.</summary>
    Lost,

    /// <summary>The broker answered that it will not; someone has to change a configuration, here or there.</summary>
    Refused,
}
