using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Cuts;

/// <summary>The results of joint samples that were entered, as far as they bear on windows. Only those of an agreement's own laboratories do.</summary>
/// <remarks>Pure and thread-safe.</remarks>
/// <param name="files">The files in the order in which they were entered.</param>
public sealed class WindowSamples(IEnumerable<SampleFile> files)
{
    private readonly IReadOnlyList<SampleFile> _files = [.. files];

    /// <summary>No samples.</summary>
    public static WindowSamples None { get; } = new([]);

    /// <summary>When water was last taken jointly at a section; null for never.</summary>
    public Instant? LatestAt(string section) => _files.SelectMany(f => f.Results).Where(r => r.Section == section).Select(r => (Instant?)r.SampledTo).Max();

    /// <summary>Whether there is a result of a section in a window, up to a moment.</summary>
    public bool Any(AssessedWindow assessed, string section, Instant asOf)
    {
        var laboratories = LaboratoriesOf(assessed.Agreement);
        return laboratories.Count > 0 && _files.SelectMany(f => f.Results).Any(r => laboratories.Contains(r.Series) && r.SampledTo <= asOf && IsOwn(assessed, section, r));
    }

    /// <summary>The results that can bear on a window, up to a moment: its own, or all that its rule may compare with.</summary>
    public ObservationsOfSamples Bearing(AssessedWindow assessed, string section, Instant asOf)
    {
        var laboratories = LaboratoriesOf(assessed.Agreement);
        return laboratories.Count == 0 || _files.Count == 0
            ? ObservationsOfSamples.None
            : ObservationsOfSamples.Of(_files, r => laboratories.Contains(r.Series) && r.SampledTo <= asOf && Bears(assessed, section, r));
    }

    /// <summary>The laboratories whose results an agreement takes as joint samples.</summary>
    public static IReadOnlySet<string> LaboratoriesOf(Agreement agreement) => JointSourcesOf(agreement).SelectMany(LaboratoriesOf).ToHashSet(StringComparer.Ordinal);

    /// <summary>The laboratories of a source of joint samples.</summary>
    public static IEnumerable<string> LaboratoriesOf(DataSource source) => source.Joint!.Reserve is { } reserve ? [.. source.Joint.Halves, reserve] : source.Joint.Halves;

    /// <summary>The sources of an agreement that are joint samples.</summary>
    public static IEnumerable<DataSource> JointSourcesOf(Agreement agreement) => (agreement.Data.Sources?.Sources ?? []).Where(s => s.Joint is not null);

    private static bool Bears(AssessedWindow assessed, string section, Observation result) => assessed.Agreement.Rule.LooksElsewhere
        ? result.SampledTo < assessed.Window.End && assessed.Agreement.FindSection(result.Section) is not null
        : IsOwn(assessed, section, result);

    private static bool IsOwn(AssessedWindow assessed, string section, Observation result) =>
        result.Section == section && result.SampledTo >= assessed.Window.Start && result.SampledTo < assessed.Window.End;
}
