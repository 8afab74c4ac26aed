using Sensor.Contracts;
using Sensor.Contracts.Hj212;
using Sensor.Contracts.Wire;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>Makes readings of what a logger sent.</summary>
internal sealed class Hj212Values(string instrument, Hj212Options options)
{
    /// <summary>The readings of the configured parameters, in the order of the message; a parameter that is not in it gives none.</summary>
    public IReadOnlyList<Reading> Of(Hj212Message message, Instant dataTime)
    {
        var sent = Contracts.Hj212.Hj212Readings.Of(message).Where(r => r.Kind == options.Value).GroupBy(r => r.Parameter, StringComparer.Ordinal);
        return
        [
            .. from values in sent
               let parameter = options.Parameters.FirstOrDefault(p => p.Code == values.Key)
               where parameter is not null
               select Reading(parameter, [.. values], dataTime),
        ];
    }

    private Reading Reading(Hj212Parameter parameter, IReadOnlyList<Hj212Reading> sent, Instant dataTime)
    {
        var first = sent[0];
        var judged = Hj212Judgement.Of(sent, options.Unflagged, options.Flags, options.Dialect);
        var (from, to) = Span(first, dataTime);
        return new Reading
        {
            Parameter = parameter.National,
            Value = judged.Value,
            Missing = judged.Missing,
            Unit = parameter.Unit,
            Flag = judged.Flag,
            Instrument = instrument,
            SampledFrom = from,
            SampledTo = to,
            DatedBy = DatedBy.Instrument,
            DetectionLimit = parameter.DetectionLimit,
            Raw = WireText.Fit(string.Join(',', sent.SelectMany(s => s.Item.Fields).Distinct().Where(f => f.Name.StartsWith(parameter.Code + "-", StringComparison.Ordinal))), WireLimits.Raw),
        };
    }

    private (Instant From, Instant To) Span(Hj212Reading sent, Instant dataTime)
    {
        if (Hj212Time.TryParse(sent.SampleTime, options.UtcOffset, out var sampled))
        {
            return (sampled, sampled);
        }

        var period = (long)options.Period.TotalMilliseconds;
        return options.DataTime == Hj212DataTime.End ? (dataTime.PlusMilliseconds(-period), dataTime) : (dataTime, dataTime.PlusMilliseconds(period));
    }
}
