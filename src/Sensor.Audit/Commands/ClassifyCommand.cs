using System.CommandLine;
using Sensor.Compliance.Standards;
using Sensor.Contracts;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch classify</c>: the class of GB 3838-2002 for each section and time of a file.</summary>
internal static class ClassifyCommand
{
    private const string Details =
        """
        Output: {"section","time","class","decidedBy","missing"} for each section and time, in the order of first appearance.
        The class, I to V or worse-than-V, is the worst of any single parameter; "decidedBy" names every parameter at that class,
        "missing" every required one without a usable value. The class is null when one is missing.

        FILE is UTF-8 CSV with the header section,time,parameter,value,unit,flag and optionally detectionLimit,source,instrument.
        Parameters without limits in table 1 are passed over; total nitrogen and faecal coliforms take part only when required.

        Flags: N or none is usable. L (below detection) counts as half the detectionLimit, but as missing when the limit is not given or
        lies above a class limit, which is said on standard error. T (above the range) counts only where the value alone is worse than V.
        With any other flag the value counts as missing. The same parameter, section and time may be repeated only with the same content.
        """;

    public static Command Create()
    {
        var standard = new Option<string>("--standard") { Description = "The standard.", Required = true }.AcceptOnlyFromAmong("gb3838");
        var waterBody = new Option<string>("--water-body") { Description = "Which phosphorus and nitrogen limits hold.", Required = true }
            .AcceptOnlyFromAmong("river", "lake");
        var rounding = new Option<string>("--rounding")
        {
            Description = "none: classify values as they are; assessment: first round them by GB/T 8170 to the assessment decimals.",
            DefaultValueFactory = _ => "none",
        }.AcceptOnlyFromAmong("none", "assessment");
        var required = new Option<string?>("--required")
        {
            Description = "Parameters without which there is no class, separated by commas, as codes or symbols. [default: pH,DO,CODMn,NH3-N,TP]",
            HelpName = "LIST",
        };
        var file = new Argument<string>("FILE") { Description = "The observations." };
        var command = new DetailedCommand("classify", "Gives the class of GB 3838-2002 for each section and time of a CSV file, as JSON lines.", Details)
        {
            standard, waterBody, rounding, required, file,
        };
        command.SetAction(parsed =>
        {
            var rule = Rule(parsed.GetRequiredValue(waterBody), parsed.GetRequiredValue(rounding), parsed.GetValue(required));
            var groups = ClassifiedGroup.Read(parsed.GetRequiredValue(file), rule, parsed.InvocationConfiguration.Error);
            foreach (var group in groups)
            {
                parsed.InvocationConfiguration.Output.WriteLine(group.ToJson(Classification.Of(rule, group.Values)));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ClassificationRule Rule(string waterBody, string rounding, string? required)
    {
        var body = waterBody == "lake" ? WaterBody.Lake : WaterBody.River;
        var codes = required?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Code(name, body));
        return new ClassificationRule(body, rounding == "assessment" ? ClassRounding.Assessment : ClassRounding.None, codes);
    }

    /// <summary>The factor code of a parameter named by its code or symbol, if table 1 limits it.</summary>
    private static string Code(string name, WaterBody waterBody)
    {
        var codes = ParameterCatalogue.All
            .Where(p => p.Code == name || string.Equals(p.Symbol, name, StringComparison.OrdinalIgnoreCase))
            .Select(p => p.Code)
            .ToList();
        return codes switch
        {
            [var code] when Gb3838.Limits(code, waterBody) is not null => code,
            [_] => throw new BadInputException($"--required: GB 3838-2002 table 1 has no limit for {name} in this water body; leave it out"),
            [] => throw new BadInputException($"--required: '{name}' is not a known parameter; use a factor code such as w01019 or a symbol such as CODMn"),
            _ => throw new BadInputException($"--required: '{name}' has several codes; name one of {string.Join(", ", codes)}"),
        };
    }
}
