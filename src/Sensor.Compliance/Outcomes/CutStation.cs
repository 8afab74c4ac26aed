using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes;

/// <summary>Up to which record of a station's run a cut reaches.</summary>
/// <param name="Station">The station's id.</param>
/// <param name="Run">The run.</param>
/// <param name="Sequence">The last sequence number.</param>
/// <param name="Digest">The digest of that record.</param>
public sealed record CutStation(string Station, LifeId Run, long Sequence, Digest Digest) : IComparable<CutStation>
{
    /// <summary>By station (ordinally), run, sequence.</summary>
    public int CompareTo(CutStation? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = string.CompareOrdinal(Station, other.Station);
        order = order != 0 ? order : Run.CompareTo(other.Run);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }

    internal JsonObject ToJson() => new() { { "station", Station }, { "run", Run.ToString() }, { "sequence", Sequence }, { "digest", Digest.ToString() } };
}
