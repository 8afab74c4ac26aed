using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaterWatch.Bench;

/// <summary>The figures as a table for people and as JSON.</summary>
internal sealed record Report(Survey Survey, RecordedSection Recorded)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private bool IsSmaller => Survey.Sections < AssessCommand.NationalSections;

    public void WriteTo(TextWriter output)
    {
        output.WriteLine(Say($"A year of {Survey.Sections} invented sections x 9 parameters x {SyntheticSection.Moments} moments, seed {Survey.Seed}: {Survey.Assessed.Readings} readings, one thread"));
        if (IsSmaller)
        {
            output.WriteLine(Say($"FEWER SECTIONS THAN THE NATIONAL NETWORK: {Survey.Sections} of {AssessCommand.NationalSections}"));
        }

        output.WriteLine();
        output.WriteLine($"{"",-44}{"median",12}{"least",12}{"most",12}{"readings/s",14}{"ratio",18}");
        Row(output, Survey.Baseline, Survey.Baseline);
        Row(output, Survey.Assessed, Survey.Baseline);
        output.WriteLine("Jiekou, a recorded year of days");
        Row(output, Recorded.Baseline, Recorded.Baseline);
        Row(output, Recorded.Assessed, Recorded.Baseline);
        output.WriteLine();
        output.WriteLine(Say($"{Survey.Assessed.Seconds.Count} repetitions, baseline and decision in turn; ratio: median (least to most) of the repetitions' ratios"));
        output.WriteLine($"results sha256 {Survey.Digest}");
        output.WriteLine($"Jiekou's outcome {Recorded.Digest}");
    }

    public string ToJson() => new JsonObject
    {
        ["sections"] = Survey.Sections,
        ["fewerThanNational"] = IsSmaller,
        ["parameters"] = 9,
        ["moments"] = SyntheticSection.Moments,
        ["seed"] = Survey.Seed,
        ["repetitions"] = Survey.Assessed.Seconds.Count,
        ["processors"] = Environment.ProcessorCount,
        ["runtime"] = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
        ["architecture"] = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString(),
        ["survey"] = Pair(Survey.Baseline, Survey.Assessed, Survey.Digest),
        ["jiekou"] = Pair(Recorded.Baseline, Recorded.Assessed, Recorded.Digest),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Pair(Figure baseline, Figure assessed, string digest) => new()
    {
        ["baseline"] = Members(baseline),
        ["assessed"] = Members(assessed),
        ["ratio"] = assessed.RatioTo(baseline),
        ["ratios"] = new JsonArray([.. assessed.Ratios(baseline).Select(r => JsonValue.Create(r))]),
        ["digest"] = digest,
    };

    private static JsonObject Members(Figure figure) => new()
    {
        ["name"] = figure.Name,
        ["readings"] = figure.Readings,
        ["seconds"] = new JsonArray([.. figure.Seconds.Select(s => JsonValue.Create(s))]),
        ["medianSeconds"] = figure.Median,
        ["readingsPerSecond"] = figure.ReadingsPerSecond,
    };

    private static void Row(TextWriter output, Figure figure, Figure baseline)
    {
        var ratios = figure.Ratios(baseline).ToList();
        var ratio = figure == baseline ? "1" : Say($"{figure.RatioTo(baseline):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00})");
        output.WriteLine(Say($"  {figure.Name,-42}{Seconds(figure.Median),12}{Seconds(figure.Least),12}{Seconds(figure.Most),12}{figure.ReadingsPerSecond,14:0}  {ratio}"));
    }

    private static string Seconds(double seconds) => seconds >= 0.1 ? Say($"{seconds:0.000} s") : Say($"{seconds * 1e6:0.0} us");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
