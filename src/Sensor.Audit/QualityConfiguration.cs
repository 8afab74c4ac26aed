using Sensor.Compliance.Quality;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>Reads the configuration of <c>waterwatch qc</c>. docs/quality.md describes every member.</summary>
internal static class QualityConfiguration
{
    public const string Schema = "waterwatch/quality/1";

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">The file cannot be read or has mistakes; all of them are named.</exception>
    public static IReadOnlyList<ConfiguredTest> Read(string path) => QualityJson.Read(path, ["note"], Read);

    private static IReadOnlyList<ConfiguredTest> Read(StrictObject json)
    {
        json.OptionalText("note");
        json.Word("schema", [Schema]);
        return [.. json.Children("tests", 1).Select(ReadTest).OfType<ConfiguredTest>()];
    }

    private static ConfiguredTest? ReadTest(StrictObject json)
    {
        var test = ConfiguredTest.Read(json);
        if (test is not null)
        {
            json.End();
        }

        return test;
    }
}
