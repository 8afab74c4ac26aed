using Sensor.Contracts;
using Sensor.Contracts.Hj212;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Interop;

/// <summary>Makes readings of a logger's message. Each names the raw bytes.</summary>
internal static class Hj212MessageReadings
{
    private const string Instrument = "hj212";

    /// <summary>The readings of the configured parameters; null, with the reason, where the message has no time.</summary>
    public static ReadingsBody? Of(Hj212Message message, Hj212StationConfiguration station, string raw, out string? refusal)
    {
        refusal = null;
        if (!Hj212Time.TryParse(message.DataTime, station.UtcOffset, out var time))
        {
            refusal = $"DataTime is '{message.DataTime}', not a time of 14 digits";
            return null;
        }

        var period = (long)station.Period.TotalMilliseconds;
        var span = station.DataTimeIsEnd ? (time.PlusMilliseconds(-period), time) : (time, time.PlusMilliseconds(period));
        return new ReadingsBody(time, [
            .. from sent in Hj212Readings.Of(message).Where(r => r.Kind == (station.Command == "2011" ? "Rtd" : "Avg")).GroupBy(r => r.Parameter, StringComparer.Ordinal)
               let parameter = station.Parameters.FirstOrDefault(p => p.Code == sent.Key)
               where parameter is not null
               select Reading([.. sent], parameter, station, raw, SampledAt(sent.First(), station) ?? span)]);
    }

    private static (Instant From, Instant To)? SampledAt(Hj212Reading sent, Hj212StationConfiguration station)
    {
        if (Hj212Time.TryParse(sent.SampleTime, station.UtcOffset, out var at))
        {
            return (at, at);
        }

        return null;
    }

    private static Reading Reading(IReadOnlyList<Hj212Reading> sent, Hj212Parameter parameter, Hj212StationConfiguration station, string raw, (Instant From, Instant To) span)
    {
        var judged = Hj212Judgement.Of(sent, station.Unflagged, station.Flags, station.Dialect);
        return new Reading
        {
            Parameter = parameter.National,
            Value = judged.Value,
            Missing = judged.Missing,
            Unit = parameter.Unit,
            Flag = judged.Flag,
            Instrument = Instrument,
            SampledFrom = span.From,
            SampledTo = span.To,
            DatedBy = DatedBy.Instrument,
            DetectionLimit = parameter.DetectionLimit,
            Raw = raw,
        };
    }
}
