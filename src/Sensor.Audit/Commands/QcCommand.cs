using System.CommandLine;
using Sensor.Compliance.Quality;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch qc</c>: what the quality tests say about a case or about a file of observations.</summary>
internal static class QcCommand
{
    private const string Details =
        """
        Flags: 1 pass, 2 not evaluated, 3 suspect, 4 fail, 9 missing. Tests may alert; whether a value counts is for the agreement to say.

        Without --config FILE is a case in JSON with "test", "inputs" and "parameters". Output: {"flags":[...]}, one for each point.

        With --config FILE is UTF-8 CSV with the header section,time,parameter,value,unit,flag and optionally
        detectionLimit,source,instrument, and C.json names the tests to run. Output: one JSON line for each section, time and parameter, ordered by
        section, time and parameter: {"section","time","parameter","value","flag","tests":[{"name","test","flag","en","zh"}]}. Its flag is the
        first of fail, suspect, missing, not evaluated that any test gave, and pass only where all passed. A value whose station flag says
        that it does not stand for the water counts as missing; "stationFlag" then names the flag.

        docs/quality.md describes every test, its parameters, cases and configurations. What a test or the configuration does not know is a
        mistake; all mistakes of a file are named at once.
        """;

    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "The tests to run on a CSV file of observations.", HelpName = "C.json" };
        var file = new Argument<string>("FILE") { Description = "A case, or with --config the observations." };
        var command = new DetailedCommand("qc", "Runs quality tests (QARTOD and water cross-checks) on a case or on a CSV file of observations.", Details)
        {
            config, file,
        };
        command.SetAction(parsed =>
        {
            var (path, output) = (parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output);
            if (parsed.GetValue(config) is { } configuration)
            {
                JudgeObservations(configuration, path, output);
            }
            else
            {
                JudgeCase(path, output, parsed.InvocationConfiguration.Error);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void JudgeCase(string path, TextWriter output, TextWriter error)
    {
        var judged = QualityCase.Judge(path);
        if (judged.SurplusTimes > 0)
        {
            error.WriteLine($"{path}: inputs: {judged.SurplusTimes} more times than values; the last times are passed over.");
        }

        output.WriteLine("{\"flags\":[" + string.Join(',', judged.Results.Select(r => (int)r.Flag)) + "]}");
    }

    private static void JudgeObservations(string configuration, string path, TextWriter output)
    {
        var tests = QualityConfiguration.Read(configuration);
        var observations = QualityObservations.Read(path);
        var results = QualityRun.Judge(observations.Select(o => o.Point), tests);
        foreach (var (line, point) in observations)
        {
            output.WriteLine(QualityResultLine.Of(line, point, results.GetValueOrDefault(point, [])));
        }
    }
}
