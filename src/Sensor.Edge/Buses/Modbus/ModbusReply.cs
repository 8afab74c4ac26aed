namespace Sensor.Edge.Buses.Modbus;

/// <summary>What a unit answered.</summary>
internal abstract record ModbusReply
{
    private ModbusReply()
    {
    }

    /// <summary>The data of a good reply.</summary>
    internal sealed record Data(byte[] Bytes) : ModbusReply;

    /// <summary>The unit refused, by a code of the standard.</summary>
    internal sealed record Exception(byte Code) : ModbusReply;

    /// <summary>Nothing that answers the question came in time.</summary>
    /// <param name="Received">What came instead; empty for silence.</param>
    internal sealed record None(byte[] Received) : ModbusReply;
}
