using System.CommandLine;

namespace WaterWatch.Bench;

/// <summary><c>assess</c>: a year of every national section, and the whole outcome of one recorded section.</summary>
internal static class AssessCommand
{
    /// <summary>The sections that the national network assesses: the size of a run unless another is asked for.</summary>
    public const int NationalSections = 3_641;

    public static Command Create()
    {
        var sections = Number.Option("--sections", $"The sections of the survey; fewer than {NationalSections} are reported as fewer.", NationalSections, 1, 100_000);
        var repetitions = Number.Option("--repetitions", "How often everything is measured, baseline and decision in turn.", 5, 1, 1_000);
        var seed = Number.Option("--seed", "The seed of the invented readings.", 1, 0, int.MaxValue);
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file.", HelpName = "FILE" };
        var command = new Command("assess", "Readings per second of the assessment, and its time as a multiple of a straight exact sum over the same decimals.")
        {
            sections, repetitions, seed, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(sections), parsed.GetValue(repetitions), parsed.GetValue(seed), parsed.GetValue(json)));
        return command;
    }

    private static int Run(int sections, int repetitions, int seed, FileInfo? json)
    {
        var survey = Survey.Measure(sections, repetitions, seed);
        var recorded = RecordedSection.Measure(repetitions);
        var report = new Report(survey, recorded);
        report.WriteTo(Console.Out);
        if (json is not null)
        {
            File.WriteAllText(json.FullName, report.ToJson());
        }

        return 0;
    }
}
