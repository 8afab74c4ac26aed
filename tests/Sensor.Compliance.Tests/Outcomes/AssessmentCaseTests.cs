using System.Globalization;
using System.Text.Json;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Settlement;

namespace Sensor.Compliance.Tests.Outcomes;

public sealed class AssessmentCaseTests
{
    public static TheoryData<string> Cases => [.. AssessmentCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Assess_CaseFolder_GivesEveryExpectedMember(string name)
    {
        var read = AssessmentCase.Read(name);
        using var expected = JsonDocument.Parse(read.Expected);
        using var actual = JsonDocument.Parse(Array(read.Assess()));

        Assert.Empty(JsonSubset.Differences(expected.RootElement, actual.RootElement));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Clear_CaseFolder_GivesEveryExpectedMemberAndAddsUpToNothing(string name)
    {
        var read = AssessmentCase.Read(name);
        var clearings = Clearing.Of(read.History, read.Assess(), read.Input.Determinations?.Facts ?? []);
        Assert.All(clearings, c => Assert.Equal(ExactDecimal.Zero, ExactDecimal.Sum(c.Balances.Select(b => b.Amount))));

        using var expected = JsonDocument.Parse(read.ExpectedClearing ?? "null");
        using var actual = JsonDocument.Parse(CanonicalJson.Write(JsonList.Of(clearings, c => c.ToJson())));
        Assert.Empty(read.ExpectedClearing is null ? [] : JsonSubset.Differences(expected.RootElement, actual.RootElement));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Assess_ReversedInputInOtherCultures_GivesTheSameBytes(string name)
    {
        var read = AssessmentCase.Read(name);
        var first = Array(read.Assess());
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in new[] { Culture(",", "'"), Culture("٫", ".") })
            {
                CultureInfo.CurrentCulture = culture;
                var reversed = read with { Input = read.Input with { Observations = [.. read.Input.Observations.Reverse()], Checks = [.. read.Input.Checks.Reverse()] } };
                Assert.Equal(first, Array(reversed.Assess()));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void VerdictDigest_OtherCutAndRepeats_StaysTheSame(string name)
    {
        var read = AssessmentCase.Read(name);
        var other = read with
        {
            Input = read.Input with
            {
                Observations = [.. read.Input.Observations, .. read.Input.Observations.Select(o => o with { Order = o.Order + 1_000_000 })],
                Cut = new Cut { Stations = [new CutStation("S", default, 7, default)] },
            },
        };

        foreach (var (one, two) in read.Assess().Zip(other.Assess()))
        {
            Assert.Equal(one.VerdictDigest, two.VerdictDigest);
            Assert.NotEqual(one.Digest, two.Digest);
        }
    }

    private static byte[] Array(IReadOnlyList<Outcome> outcomes) => CanonicalJson.Write(JsonList.Of(outcomes, o => o.Json));

    private static CultureInfo Culture(string point, string group)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = point;
        culture.NumberFormat.NumberGroupSeparator = group;
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.DateSeparator = "!";
        culture.DateTimeFormat.TimeSeparator = "!";
        return culture;
    }
}
