using Sensor.Compliance.Cuts;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Samples;

/// <summary>Checks that each line of a file can belong to a joint sample of an agreement. Anything else, a station's series above all, has no place here.</summary>
internal sealed class SampleCheck(IReadOnlyList<AgreementHistory> agreements, Instant now)
{
    private readonly List<Agreement> _joint = [.. agreements.SelectMany(a => a.Versions).Where(v => WindowSamples.LaboratoriesOf(v).Count > 0)];

    /// <summary>Everything that is wrong with lines.</summary>
    public IEnumerable<DocumentProblem> Problems(IReadOnlyList<ObservationLine> lines)
    {
        if (_joint.Count == 0)
        {
            return [new DocumentProblem("", "belongs to no agreement: none that is evaluated here has a source of joint samples", "Put the agreement into agreementsDirectory; docs/agreements.md, Sources, says how it names its laboratories")];
        }

        return lines.Select(Problem).OfType<DocumentProblem>().Concat(Twice(lines));
    }

    private DocumentProblem? Problem(ObservationLine line)
    {
        var place = $"line {line.Line}";
        var atSection = _joint.FindAll(a => a.FindSection(line.Section) is not null);
        if (atSection.Count == 0)
        {
            return new DocumentProblem(place, $"no agreement takes joint samples at the section '{line.Section}'", "Write one of " + string.Join(", ", _joint.SelectMany(a => a.Sections).Select(s => s.Section).Distinct(StringComparer.Ordinal)));
        }

        var ofLaboratory = atSection.FindAll(a => line.Source is { } laboratory && WindowSamples.LaboratoriesOf(a).Contains(laboratory));
        return ofLaboratory.Count == 0
            ? new DocumentProblem(place, line.Source is null ? "names no laboratory in the column source" : $"'{line.Source}' is no laboratory of the agreement's joint samples", "Write one of " + string.Join(", ", atSection.SelectMany(WindowSamples.LaboratoriesOf).Distinct(StringComparer.Ordinal)))
            : line.Time > now ? new DocumentProblem(place, $"the sample is of {line.TimeText}, which is not yet", "Correct the time, or the clock of this machine")
            : NotAccepted(line, ofLaboratory) ?? WrongUnit(line, ofLaboratory);
    }

    /// <summary>Results that no source accepts would silently count as none.</summary>
    private static DocumentProblem? NotAccepted(ObservationLine line, List<Agreement> agreed) =>
        agreed.Exists(a => WindowSamples.JointSourcesOf(a).Any(s => s.Trust.Contains(Trust.Imported) && WindowSamples.LaboratoriesOf(s).Contains(line.Source!)))
            ? null
            : new DocumentProblem($"line {line.Line}", $"the agreement does not let results of '{line.Source}' count that nobody signed", "Let the agreement's source have imported in its trust");

    /// <summary>In another unit the result would count as none.</summary>
    private static DocumentProblem? WrongUnit(ObservationLine line, List<Agreement> agreed)
    {
        var units = agreed.SelectMany(a => a.Parameters).Where(p => p.Code == line.Parameter).Select(p => p.Unit).Distinct(StringComparer.Ordinal).ToList();
        return units.Count == 0 || units.Contains(line.ToObservation().Unit)
            ? null
            : new DocumentProblem($"line {line.Line}", $"{line.Parameter} is in {line.Unit}", $"Give it in {string.Join(" or ", units)}, as it is agreed; nothing is converted");
    }

    private static IEnumerable<DocumentProblem> Twice(IReadOnlyList<ObservationLine> lines) =>
        from same in lines.GroupBy(line => SampleResult.Of(line.ToObservation()))
        from again in same.Skip(1)
        select new DocumentProblem($"line {again.Line}", $"states {again.Parameter} of {again.Source} and {again.TimeText}, as line {same.First().Line} does", "Keep one of them");
}
