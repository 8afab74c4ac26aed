using Sensor.Compliance.Quality;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>One test with its parameters and the points it shall judge, as a file holds them.</summary>
/// <param name="Results">The result of each point.</param>
/// <param name="SurplusTimes">How many times the file gives beyond the last value.</param>
internal sealed record QualityCase(IReadOnlyList<QualityResult> Results, int SurplusTimes)
{
    /// <summary>What a case may say for people, or for those who compare; the command does not look at it.</summary>
    private static readonly string[] Unread = ["id", "expected", "exact_arithmetic_expected", "source_test", "note", "checked"];

    /// <summary>Reads a file and judges its points.</summary>
    /// <exception cref="BadInputException">The file cannot be read or has mistakes; all of them are named.</exception>
    public static QualityCase Judge(string path)
    {
        var (test, input, surplus) = QualityJson.Read(path, Unread, Read);
        return new QualityCase(test!.Check(input), surplus);
    }

    private static (QualityTest? Test, QualityInput Input, int Surplus) Read(StrictObject json)
    {
        foreach (var member in Unread)
        {
            json.OptionalText(member);
        }

        var inputs = json.Child("inputs");
        if (QualityTests.Read(json) is not { } test)
        {
            return (null, new QualityInput(), 0);
        }

        var (input, surplus) = QualityInputDocument.Read(inputs, test);
        return (test, input, surplus);
    }
}
