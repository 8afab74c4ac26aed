using Sensor.Compliance.Standards;
using Sensor.Contracts;

namespace Sensor.Ingest.Api;

/// <summary>A section with its newest readings.</summary>
/// <param name="Section">Its name.</param>
/// <param name="Stations">The stations that ever stood at it.</param>
/// <param name="Latest">The newest reading of each parameter.</param>
/// <param name="Class">The class of <paramref name="Latest"/> by GB 3838; null where no agreement tells the water body or a required parameter lacks.</param>
public sealed record SectionView(string Section, IReadOnlyList<string> Stations, IReadOnlyList<ReadingView> Latest, WaterClass? Class);

/// <summary>A reading; its digits are text, so that no reader turns them into a binary fraction.</summary>
/// <param name="Parameter">National factor code.</param>
/// <param name="Symbol">The short name; null where this version does not know the parameter.</param>
/// <param name="Value">The digits; null when missing.</param>
/// <param name="Missing">Why there is no value; null when there is one.</param>
/// <param name="Unit">UCUM unit.</param>
/// <param name="Flag">The station's flag.</param>
/// <param name="Instrument">The instrument.</param>
/// <param name="SampledFrom">When the water began to be taken.</param>
/// <param name="SampledTo">When the water had been taken.</param>
public sealed record ReadingView(string Parameter, string? Symbol, string? Value, string? Missing, string Unit, string Flag, string Instrument, string SampledFrom, string SampledTo)
{
    internal static ReadingView Of(Reading reading) => new(
        reading.Parameter, ParameterCatalogue.Find(reading.Parameter)?.Symbol, reading.Value?.ToString(), reading.Missing?.ToString(), reading.Unit, reading.Flag,
        reading.Instrument, reading.SampledFrom.ToString(), reading.SampledTo.ToString());
}

/// <summary>A station as the evidence shows it.</summary>
/// <param name="Station">Its id.</param>
/// <param name="Section">The section at which it stands.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Last">The record that arrived last; null before the first.</param>
/// <param name="Runs">Its runs in order of arrival.</param>
/// <param name="Losses">The losses it reported.</param>
/// <param name="Forks">Identities with two contents.</param>
/// <param name="Rollbacks">Runs that do not continue the run before as it is held here.</param>
public sealed record StationView(
    string Station, string Section, IReadOnlyList<KeyView> Keys, LastRecordView? Last, IReadOnlyList<RunView> Runs, IReadOnlyList<LossView> Losses, IReadOnlyList<ForkView> Forks, IReadOnlyList<RollbackView> Rollbacks);

/// <summary>A key of a station.</summary>
/// <param name="KeyId">Its fingerprint.</param>
/// <param name="RevokedAt">From when on it is refused; null while it is allowed.</param>
public sealed record KeyView(string KeyId, string? RevokedAt);

/// <summary>The record of a station that arrived last.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Index">Its place in the evidence log.</param>
/// <param name="Wall">The station's wall clock; null where the record is not understood.</param>
/// <param name="Clock">synchronised, unsynchronised or unknown; null likewise.</param>
/// <param name="ClockErrorMs">The estimated largest error; null where unknown.</param>
/// <param name="ReceivedAt">The operator's wall clock when it was stored.</param>
public sealed record LastRecordView(string Run, long Sequence, long Index, string? Wall, string? Clock, long? ClockErrorMs, string ReceivedAt);

/// <summary>The continuity of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="PreviousRun">The run before, as the station named it.</param>
/// <param name="Through">Every sequence from 1 to this one is held or closed by a loss.</param>
/// <param name="Gaps">First and last sequence of each gap.</param>
public sealed record RunView(string Run, string? PreviousRun, long Through, IReadOnlyList<long[]> Gaps);

/// <summary>Records that a station reported lost.</summary>
/// <param name="Run">The run that lost them.</param>
/// <param name="First">The first sequence.</param>
/// <param name="Last">The last sequence.</param>
/// <param name="Reason">Why.</param>
public sealed record LossView(string Run, long First, long Last, string Reason);

/// <summary>An identity with two contents.</summary>
/// <param name="Run">The run.</param>
/// <param name="Sequence">The sequence.</param>
public sealed record ForkView(string Run, long Sequence);

/// <summary>A run that does not continue the run before as it is held here.</summary>
/// <param name="Run">The run.</param>
/// <param name="PreviousRun">The run before; of two first runs, the other.</param>
/// <param name="Kind">forgot-records, other-digest, two-successors or two-beginnings.</param>
/// <param name="Said">The last sequence of the run before, as the run says.</param>
/// <param name="Held">The last sequence of the run before that is held here.</param>
public sealed record RollbackView(string Run, string PreviousRun, string Kind, long Said, long Held);
