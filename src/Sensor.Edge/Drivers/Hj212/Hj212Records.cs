using Sensor.Contracts;
using Sensor.Contracts.Hj212;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>Makes records of messages.</summary>
internal sealed class Hj212Records(string instrument, Hj212Options options, Hj212Offers offers, Hj212History? history)
{
    private readonly Hj212Values _values = new(instrument, options);

    /// <summary>The record of new data; null where there is nothing in them to record, or they were recorded before.</summary>
    public DriverReply? Of(Hj212Message message, Hj212Memory memory)
    {
        if (message.System != options.System || message.Command != options.Command)
        {
            return null;
        }

        if (!Hj212Time.TryParse(message.DataTime, options.UtcOffset, out var dataTime))
        {
            return message.Items.Count == 0 ? null : new DriverReply.Failed(FailureKind.Transient, MissingReason.BadAnswer, $"DataTime is '{message.DataTime}', not a time of 14 digits");
        }

        return history?.Takes(message, dataTime) == false ? null : Offer(message, dataTime, memory);
    }

    private DriverReply.Sampled? Offer(Hj212Message message, Instant dataTime, Hj212Memory memory)
    {
        var fresh = _values.Of(message, dataTime).Select(reading => (Reading: reading, Key: Hj212Memory.KeyOf(dataTime, reading))).Where(r => !memory.Holds(r.Key)).ToList();
        if (fresh.Count == 0)
        {
            return null;
        }

        history?.Recorded(dataTime, memory.Newest);
        IReadOnlyList<string> keys = [.. fresh.Select(r => r.Key)];
        return offers.Make(message, keys, new DriverReply.Sampled(dataTime, [.. fresh.Select(r => r.Reading)], memory.With(dataTime, keys, history?.Gaps ?? [])));
    }
}
