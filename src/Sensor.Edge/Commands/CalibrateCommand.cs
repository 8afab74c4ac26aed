using System.CommandLine;
using System.Globalization;
using Sensor.Contracts;
using Sensor.Edge.Configuration;
using Sensor.Edge.Drivers;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge calibrate</c>: records what a technician did with standards, as a signed event. Asks for what the options do not say.</summary>
internal sealed class CalibrateCommand
{
    private readonly Option<string> _instrument = new("--instrument") { Description = "The instrument.", Required = true };
    private readonly Option<string> _parameter = new("--parameter") { Description = "The parameter, by factor code.", Required = true };
    private readonly Option<string> _by = new("--by") { Description = "Who does it.", Required = true };
    private readonly Option<bool> _check = new("--check") { Description = "Nothing is adjusted: a check against standards." };
    private readonly Option<string[]> _point = new("--point") { Description = "STANDARD:BEFORE[:AFTER], once for each standard, such as 6.86:6.91:6.86. Asked for when absent.", HelpName = "POINT" };
    private readonly Option<decimal?> _tolerance = new("--tolerance") { Description = "How far readings may lie from their standard, by your operating procedure." };
    private readonly Option<decimal?> _slopeFrom = new("--slope-from") { Description = "The least slope before adjustment, in per cent." };
    private readonly Option<decimal?> _slopeTo = new("--slope-to") { Description = "The largest slope." };
    private readonly Option<string?> _note = new("--note") { Description = "Lot numbers of the standards, and whatever else should be kept." };

    public Option[] Options => [_instrument, _parameter, _by, _check, _point, _tolerance, _slopeFrom, _slopeTo, _note];

    public async Task<int> RunAsync(ParseResult parsed, StationConfiguration configuration, CancellationToken cancellation)
    {
        var (instrument, parameter) = (parsed.GetRequiredValue(_instrument), parsed.GetRequiredValue(_parameter));
        if (Mistake(configuration, instrument, parameter) is { } mistake)
        {
            await Console.Error.WriteLineAsync(mistake).ConfigureAwait(false);
            return ExitCodes.Mistakes;
        }

        var isCheck = parsed.GetValue(_check);
        var given = parsed.GetValue(_point) ?? [];
        List<CalibrationPoint>? points = given.Length > 0 ? Read(given) : Ask(Console.In, Console.Error, isCheck);
        if (points is null or { Count: 0 or > 16 })
        {
            await Console.Error.WriteLineAsync("Give 1 to 16 standards as STANDARD:BEFORE[:AFTER] in plain decimal numbers, such as --point 6.86:6.91:6.86.").ConfigureAwait(false);
            return ExitCodes.Mistakes;
        }

        var limits = new CalibrationLimits(parsed.GetValue(_tolerance), parsed.GetValue(_slopeFrom), parsed.GetValue(_slopeTo));
        if (limits.Passed(points) is not { } passed)
        {
            await Console.Error.WriteLineAsync("Whether it passed cannot be said: state --tolerance, or --slope-from and --slope-to with two or more standards, by your operating procedure, and give the readings that they need.").ConfigureAwait(false);
            return ExitCodes.Mistakes;
        }

        var wanted = new StationEvent
        {
            Type = isCheck ? EventType.Check : EventType.Calibration,
            Instrument = instrument,
            Parameter = parameter,
            Actor = parsed.GetRequiredValue(_by),
            Kind = isCheck ? points.Count == 1 && points[0].Standard.Mantissa == 0 ? "zero" : "span" : $"{points.Count}-point",
            Passed = passed,
            Points = points,
            Note = string.Join("; ", new[] { limits.Words(points), parsed.GetValue(_note) }.Where(text => !string.IsNullOrEmpty(text))),
        };
        await Console.Error.WriteLineAsync($"{wanted.Type} of {instrument}, {parameter}: {(passed ? "passed" : "FAILED")} ({wanted.Note}).").ConfigureAwait(false);
        return await RequestCommand.RunAsync(configuration, wanted, cancellation).ConfigureAwait(false);
    }

    /// <summary>The dialogue: standard after standard, an empty line ends it.</summary>
    internal static List<CalibrationPoint>? Ask(TextReader answers, TextWriter questions, bool isCheck)
    {
        var points = new List<CalibrationPoint>();
        while (AskFor(answers, questions, $"Standard {points.Count + 1} (empty: no more): ") is { } standard)
        {
            var before = AskFor(answers, questions, "  The instrument read: ");
            var after = isCheck ? null : AskFor(answers, questions, "  After adjustment it read (empty: not adjusted): ");
            points.Add(new CalibrationPoint(standard, before, after));
        }

        return points;
    }

    private static MeasuredValue? AskFor(TextReader answers, TextWriter questions, string question)
    {
        while (true)
        {
            questions.Write(question);
            questions.Flush();
            var answer = answers.ReadLine()?.Trim();
            if (string.IsNullOrEmpty(answer))
            {
                return null;
            }

            if (MeasuredValue.TryParse(answer, out var value))
            {
                return value;
            }

            questions.WriteLine($"  '{answer}' is not a plain decimal number, such as 6.86.");
        }
    }

    private static List<CalibrationPoint>? Read(string[] given)
    {
        var points = new List<CalibrationPoint>();
        foreach (var numbers in given.Select(text => text.Split(':')))
        {
            var read = numbers.Select(n => MeasuredValue.TryParse(n, out var value) ? value : (MeasuredValue?)null).ToList();
            if (read is not ([_, _] or [_, _, _]) || read.Contains(null))
            {
                return null;
            }

            points.Add(new CalibrationPoint(read[0]!.Value, read[1], read.ElementAtOrDefault(2)));
        }

        return points;
    }

    private static string? Mistake(StationConfiguration configuration, string instrument, string parameter)
    {
        if (configuration.Instruments.FirstOrDefault(i => i.Id == instrument) is not { } known)
        {
            return $"--instrument {instrument} is none of this station's instruments: {string.Join(", ", configuration.Instruments.Select(i => i.Id))}.";
        }

        var trial = new InstrumentTrial(configuration, new Buses.LinuxBuses(TimeProvider.System), TimeProvider.System);
        var channels = DriverCatalog.Of(known.Options).Create(new DriverTools(instrument, known.Timeout, trial.Buses, TimeProvider.System), known.Options).Channels;
        return channels.Count == 0 || channels.Any(c => c.Parameter == parameter)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"--parameter {parameter} is none of what {instrument} reads: {string.Join(", ", channels.Select(c => c.Parameter))}.");
    }
}
