using System.Text.Json;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Standards;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Standards;

/// <summary>The hand-computed cases of tests/cases/assessment-method, and values written as they write them.</summary>
internal static class MethodCases
{
    public const string Folder = "tests/cases/assessment-method";

    /// <summary>The settings that most tests use.</summary>
    public static AssessmentMethod River { get; } = Method(WaterBody.River, ClassRounding.None, PriorityIndicators.Named);

    public static AssessmentMethod Method(WaterBody waterBody, ClassRounding rounding, IReadOnlyList<string> priority) =>
        new(waterBody, rounding, PhMeanRule.Arithmetic, priority);

    /// <summary>Checks every case of a file and names the ones that fail.</summary>
    public static void Check(string file, int count, Action<JsonElement> check)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf($"{Folder}/{file}")));
        Assert.Equal(count, cases.RootElement.GetArrayLength());
        Assert.All(cases.RootElement.EnumerateArray(), check);
    }

    /// <summary>A text member, or null where it is null or absent.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Values by factor code, written <c>w21003=0.5 w21011=0.02</c>.</summary>
    public static IReadOnlyDictionary<string, ExactDecimal> Values(string text) =>
        Words(text).ToDictionary(v => v[..6], v => ExactDecimal.Parse(v[7..]), StringComparer.Ordinal);

    public static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static int[] Numbers(string text) => [.. Words(text).Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
}
