using System.CommandLine;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch round VALUE DIGITS</c>: GB/T 8170.</summary>
internal static class RoundCommand
{
    private const string Details =
        """
        The value is rounded once, never in several steps. A value that is not 0 but would round to 0 keeps one significant digit
        (环办监测函〔2020〕82号), unless --allow-zero is given. The result is printed with all decimals asked for.
        """;

    public static Command Create()
    {
        var value = new Argument<string>("VALUE") { Description = "The value in plain notation, such as 0.0345 or -1.5." };
        var digits = new Argument<int>("DIGITS") { Description = $"The number of decimals, 0 to {GbT8170.MostDecimals}." };
        var allowZero = new Option<bool>("--allow-zero") { Description = "Let a small value become 0, as GB/T 8170 alone has it." };
        var command = new DetailedCommand("round", "Rounds a value by GB/T 8170-2008, a tie to the even digit.", Details) { value, digits, allowZero };
        command.SetAction(parsed =>
        {
            var smallValue = parsed.GetValue(allowZero) ? SmallValueRule.BecomesZero : SmallValueRule.KeepsOneDigit;
            parsed.InvocationConfiguration.Output.WriteLine(Round(parsed.GetRequiredValue(value), parsed.GetValue(digits), smallValue));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Round(string text, int digits, SmallValueRule smallValue)
    {
        if (!ExactDecimal.TryParse(text, out var value))
        {
            throw new BadInputException($"VALUE '{text}' is not a plain decimal number; write it with digits and a point, such as 0.0345");
        }

        return digits is >= 0 and <= GbT8170.MostDecimals
            ? GbT8170.Show(value, digits, smallValue)
            : throw new BadInputException($"DIGITS {digits} is not a number of decimals from 0 to {GbT8170.MostDecimals}");
    }
}
