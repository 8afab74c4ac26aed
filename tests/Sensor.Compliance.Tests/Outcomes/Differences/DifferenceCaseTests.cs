using System.Text.Json;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using WaterWatch.Testing;

namespace Sensor.Compliance.Tests.Outcomes.Differences;

public sealed class DifferenceCaseTests
{
    private const string Folder = "tests/cases/differences/";

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Repository.PathOf(Folder)).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Between_CaseFolder_GivesExactlyTheExpectedDifferences(string name)
    {
        using var expected = JsonDocument.Parse(AssessmentCase.Bytes($"{Folder}{name}/expected.json"));
        using var actual = JsonDocument.Parse(CanonicalJson.Write(JsonList.Of(Differences(name), d => d.ToJson().Without("before").Without("after"))));

        Assert.Empty(JsonSubset.Differences(expected.RootElement, actual.RootElement));
        Assert.Empty(JsonSubset.Differences(actual.RootElement, expected.RootElement));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Between_CaseTurnedRound_TurnsEveryEffectRound(string name)
    {
        foreach (var difference in Differences(name))
        {
            var back = OutcomeDifference.Between(difference.After, difference.Before);
            Assert.Equal(
                difference.Effects.Select(e => (e.Party, -e.Value, e.Currency)).Order(),
                back.Effects.Select(e => (e.Party, e.Value, e.Currency)).Order());
            Assert.Equal(difference.Same, back.Same);
        }
    }

    private static IEnumerable<OutcomeDifference> Differences(string name) =>
        Read(name, "before").Zip(Read(name, "after")).Select(pair => OutcomeDifference.Between(pair.First, pair.Second));

    private static IReadOnlyList<OutcomeDocument> Read(string name, string which) => OutcomeDocument.Read(which, AssessmentCase.Bytes($"{Folder}{name}/{which}.json"));
}
