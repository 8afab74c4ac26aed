using System.Text;
using Sensor.Compliance.Arithmetic;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Arithmetic;

/// <summary>Asks Python, as a process of its own, for the results of the same arithmetic.</summary>
internal static class PythonReference
{
    /// <summary>The results of some tasks, each an operation and its arguments in one line; see tests/cases/arithmetic/reference.py.</summary>
    public static async Task<IReadOnlyList<ExactDecimal>> Of(IReadOnlyList<string> tasks)
    {
        var output = await PythonScript.Run(
            [Repository.PathOf("tests/cases/arithmetic/reference.py")], Encoding.UTF8.GetBytes(string.Join('\n', tasks)), "python3");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(tasks.Count, lines.Length);
        return [.. lines.Select(ParseLong)];
    }

    /// <summary>Asserts that Python gives the same result for every task.</summary>
    public static async Task AssertAgrees(IReadOnlyList<(string Task, ExactDecimal Result)> cases)
    {
        var expected = await Of([.. cases.Select(c => c.Task)]);
        Assert.All(cases.Zip(expected), pair => Assert.True(pair.First.Result == pair.Second, $"{pair.First.Task}: {pair.First.Result}, Python {pair.Second}"));
    }

    /// <summary>Parses without the limit of length that guards outside input.</summary>
    private static ExactDecimal ParseLong(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var mantissa = System.Numerics.BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        return new ExactDecimal(mantissa, point < 0 ? 0 : text.Length - point - 1);
    }
}
