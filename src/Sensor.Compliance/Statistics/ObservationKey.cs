using Sensor.Contracts;

namespace Sensor.Compliance.Statistics;

/// <summary>What an observation is about: of all observations with one key, only the latest stands.</summary>
/// <param name="Section">The section.</param>
/// <param name="Series">The station or source.</param>
/// <param name="Instrument">The instrument.</param>
/// <param name="Parameter">The factor code.</param>
/// <param name="SampledTo">When the water had been taken.</param>
internal readonly record struct ObservationKey(string Section, string Series, string Instrument, string Parameter, Instant SampledTo)
    : IComparable<ObservationKey>
{
    /// <summary>By section, moment, series, parameter, instrument; texts ordinally.</summary>
    public int CompareTo(ObservationKey other)
    {
        var order = string.CompareOrdinal(Section, other.Section);
        order = order != 0 ? order : SampledTo.CompareTo(other.SampledTo);
        order = order != 0 ? order : string.CompareOrdinal(Series, other.Series);
        order = order != 0 ? order : string.CompareOrdinal(Parameter, other.Parameter);
        return order != 0 ? order : string.CompareOrdinal(Instrument, other.Instrument);
    }
}
