using Sensor.Contracts.Hj212;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>The record that was given to the sampler last, until it is durable.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Hj212Offers
{
    /// <summary>How often a record is offered that did not become durable; after that only the logger can repeat it.</summary>
    private const int Most = 3;

    private Hj212Message? _message;
    private IReadOnlyList<string> _keys = [];
    private DriverReply.Sampled? _reply;
    private int _times;

    public DriverReply.Sampled Make(Hj212Message message, IReadOnlyList<string> keys, DriverReply.Sampled reply)
    {
        (_message, _keys, _reply, _times) = (message, keys, reply, 1);
        return reply;
    }

    /// <summary>The record once more where it is not durable; else null, and the message of which it was made where it is.</summary>
    public DriverReply.Sampled? Again(Hj212Memory memory, out Hj212Message? durable)
    {
        durable = null;
        if (_message is null)
        {
            return null;
        }

        var held = _keys.All(memory.Holds);
        if (!held && _times < Most)
        {
            _times++;
            return _reply;
        }

        durable = held ? _message : null;
        _message = null;
        return null;
    }
}
