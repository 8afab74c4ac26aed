using System.CommandLine;
using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Settlement;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch assess</c>: the outcomes of an agreement on a file of observations.</summary>
internal static class AssessCommand
{
    private const string Details =
        """
        Output: a JSON array with one outcome per section and window that the observations or determinations touch and that lies wholly
        in the agreement's period in force. Each outcome is in the form of RFC 8785 and carries its complete trace; docs/agreements.md
        explains every step, docs/outcome.schema.json every member. The same files give the same bytes on every machine.

        Of an agreement that was amended give every version, in any order: --agreement V1.json --agreement V2.json. Each window is then
        assessed by the version to which it belongs.

        FILE is UTF-8 CSV with the header section,time,parameter,value,unit,flag and optionally detectionLimit,source,instrument, and
        timeMethod,earliest,latest, which an agreement with data.time judges (docs/agreements.md, section 2).
        Of two lines with the same section, time, parameter, source and instrument the later one counts.

        An agreement with data.checks also needs --checks: CSV with the header section,time,instrument,parameter,kind,passed and optionally
        source. Without that file no check is known to have failed.

        Without --as-of everything in FILE counts and every outcome is provisional. With it, later samples and checks are left out, and an outcome is
        open (a standing), provisional or final by the agreement's windows and close days.

        With --bundle B instead of --agreement and --observations the array holds the outcome of an evidence bundle, recomputed from its records once
        everything in it was verified; with --determinations MINE.json what it would be under these instead of its own, whoever signed them.

        With --clearing the array holds, for each settle period, what its outcomes add up to between the parties (docs/agreements.md, section 8).
        """;

    public static Command Create()
    {
        var agreement = new Option<string[]>("--agreement") { Description = "The agreement; once for each of its versions.", HelpName = "A.json" };
        var observations = new Option<string?>("--observations") { Description = "The observations.", HelpName = "FILE.csv" };
        var bundle = new Option<string?>("--bundle") { Description = "An evidence bundle, instead of the agreement and the observations.", HelpName = "B" };
        var determinations = new Option<string?>("--determinations") { Description = "Determinations to apply.", HelpName = "D.json" };
        var checks = new Option<string?>("--checks") { Description = "Checks and calibrations of the instruments.", HelpName = "CHECKS.csv" };
        var asOf = new Option<string?>("--as-of") { Description = "The moment as of which to decide, such as 2021-05-01T00:00:00+08:00.", HelpName = "T" };
        var clearing = new Option<bool>("--clearing") { Description = "Show what the outcomes of each settle period add up to instead of the outcomes." };
        var command = new DetailedCommand("assess", "Decides every window of an agreement on a CSV file of observations.", Details)
        {
            agreement, observations, bundle, checks, determinations, asOf, clearing,
        };
        command.SetAction(parsed =>
        {
            var (files, mine) = (parsed.GetValue(agreement) ?? [], parsed.GetValue(determinations));
            var beside = files.Length > 0 || new[] { observations, checks, asOf }.Any(o => parsed.GetValue(o) is not null);
            var assessed = (parsed.GetValue(bundle), parsed.GetValue(observations)) switch
            {
                ({ } path, _) when !beside => OfBundle(path, mine),
                (null, { } csv) when files.Length > 0 => OfFiles(InputFile.ReadAgreement(files), Input(csv, parsed.GetValue(checks), mine, parsed.GetValue(asOf))),
                _ => throw new BadInputException("Give --agreement and --observations, or --bundle with nothing but --determinations and --clearing"),
            };
            Write(parsed.InvocationConfiguration, assessed, parsed.GetValue(clearing));
            return ExitCode.Done;
        });
        return command;
    }

    private static Assessed OfFiles(AgreementHistory agreed, AssessmentInput input) => new(agreed, Assessment.Assess(agreed, input), input.Determinations);

    private static Assessed OfBundle(string path, string? determinationsPath)
    {
        var computation = BundleFile.Verified(path).Computation!;
        var applied = determinationsPath is null ? computation.Determinations : InputFile.ReadDocument(determinationsPath, Determinations.Read);
        return new Assessed(computation.Agreement, [computation.Assess(applied)], applied);
    }

    private static void Write(InvocationConfiguration console, Assessed assessed, bool clearing)
    {
        if (assessed.Outcomes.Count == 0)
        {
            console.Error.WriteLine("No outcome: no observation lies at a section and in a window of the agreement.");
        }

        var documents = clearing
            ? Clearing.Of(assessed.Agreement, assessed.Outcomes, assessed.Determinations?.Facts ?? []).Select(c => CanonicalJson.Write(c.ToJson()))
            : assessed.Outcomes.Select(o => o.ToBytes());
        console.Output.WriteLine("[" + string.Join(',', documents.Select(Encoding.UTF8.GetString)) + "]");
    }

    private sealed record Assessed(AgreementHistory Agreement, IReadOnlyList<Outcome> Outcomes, Determinations? Determinations);

    private static AssessmentInput Input(string observationsPath, string? checksPath, string? determinationsPath, string? asOf)
    {
        var determinations = determinationsPath is null ? null : InputFile.ReadDocument(determinationsPath, Determinations.Read);
        var (lines, digest) = ObservationFile.ReadWithDigest(observationsPath);
        var checks = checksPath is null ? default : ObservationFile.ReadChecks(checksPath);
        return new AssessmentInput
        {
            Observations = [.. lines.Select(l => l.ToObservation())],
            Checks = [.. (checks.Lines ?? []).Select(l => l.ToCheck())],
            Determinations = determinations,
            Cut = new Cut { Observations = digest, Checks = checksPath is null ? null : checks.Digest },
            AsOf = asOf is null ? null : Moment(asOf),
        };
    }

    private static Instant Moment(string text) => Instant.TryParse(text, out var moment)
        ? moment
        : throw new BadInputException($"--as-of '{text}' is not an ISO 8601 time with offset; write it like 2021-05-01T00:00:00+08:00");
}
