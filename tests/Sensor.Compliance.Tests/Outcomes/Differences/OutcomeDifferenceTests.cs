using System.Text;
using CsCheck;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Tests.Outcomes.Differences;

public sealed class OutcomeDifferenceTests
{
    private static readonly IReadOnlyList<OutcomeDocument> Outcomes = [.. AssessmentCase.Names.SelectMany(n => AssessmentCase.Read(n).Assess()).Select(OutcomeDocument.Of)];

    private static OutcomeDocument Any => Outcomes.First(o => o.Agreement == "case");

    [Fact]
    public void Between_OutcomeAndItself_IsEmpty() => Assert.All(Outcomes, outcome =>
    {
        var difference = OutcomeDifference.Between(outcome, OutcomeDocument.Read("again", CanonicalJson.Write(outcome.Json)).Single());
        Assert.True(difference is { Same: true, Effect: null, Changes: [], Effects: [] });
    });

    [Fact]
    public void Between_AnyTwoOutcomes_NamesSomethingExactlyWhenTheyDiffer() =>
        Gen.Select(Gen.Int[0, Outcomes.Count - 1], Gen.Int[0, Outcomes.Count - 1], Gen.Bool).Sample((one, other, bare) =>
        {
            var before = Outcomes[one];
            var after = SameKey(Outcomes[other], before, bare);
            var difference = OutcomeDifference.Between(before, after);
            Assert.Equal(before.Digest == after.Digest, difference.Changes.Count == 0);
            Assert.Equal(CanonicalJson.Write(difference.ToJson()), CanonicalJson.Write(OutcomeDifference.Between(before, after).ToJson()));
            Assert.All(difference.Changes, c => Assert.True(c.En.Length > 0 && c.Zh.Length > 0));
        }, iter: 300);

    [Fact]
    public void Between_OneMemberAnywhereIsOther_NamesSomething() =>
        Gen.Select(Gen.Int[0, Outcomes.Count - 1], Gen.Int[0, 100_000]).Sample((index, place) =>
        {
            var before = Outcomes[index];
            if (Mutant(before, place) is { } after && (after.Agreement, after.Section, after.Window) == (before.Agreement, before.Section, before.Window))
            {
                Assert.Equal(before.Digest == after.Digest, OutcomeDifference.Between(before, after).Changes.Count == 0);
            }
        }, iter: 2_000);

    [Fact]
    public void Between_OtherWindow_Throws() =>
        Assert.Throws<ArgumentException>(() => OutcomeDifference.Between(Any, Outcomes.First(o => (o.Section, o.Window) != (Any.Section, Any.Window))));

    [Fact]
    public void Between_OtherRegistryAndStations_SaysThatTheVerdictIsTheSame()
    {
        var read = AssessmentCase.Read("synthetic-round-1");
        var other = read with { Input = read.Input with { Cut = new Cut { Registry = Digest.Of("r"u8), Stations = [new CutStation("S", default, 7, default)] } } };

        var difference = OutcomeDifference.Between(OutcomeDocument.Of(read.Assess()[0]), OutcomeDocument.Of(other.Assess()[0]));

        Assert.Equal(["same-verdict", "registry"], difference.Changes.Select(c => c.Code));
        Assert.False(difference.Same);
    }

    [Fact]
    public void Between_MemberOfALaterVersion_IsNamedByItsPath()
    {
        var trace = ((JsonObject)Any.Json["trace"]).Without("samples").With("samples", 1);

        var difference = OutcomeDifference.Between(Any, Read(Any.Json.Without("trace").With("trace", trace)));

        Assert.Equal("1 other place differs: trace.samples", Assert.Single(difference.Changes).En);
    }

    [Fact]
    public void Between_TwoCurrencies_AddsNothingUp()
    {
        var after = Read(Any.Json.Without("amount").With("amount", new JsonObject { { "value", "200" }, { "currency", "EUR" } }));

        Assert.Equal(4, OutcomeDifference.Between(Any, after).Effects.Count);
    }

    [Fact]
    public void Read_SeveralMistakes_NamesEachWithItsPlace()
    {
        var broken = Any.Json.Without("result").With("result", "won").Without("section").Without("cut").With("cut", 3);

        var problems = Assert.Throws<DocumentException>(() => OutcomeDocument.Read("f", CanonicalJson.Write(new JsonList([Any.Json, broken])))).Problems;

        Assert.Equal(["[1].cut", "[1].section", "[1].result"], problems.Select(p => p.Path));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[null]")]
    [InlineData("{}")]
    public void Read_NoOutcome_IsRefused(string json) => Assert.Throws<DocumentException>(() => OutcomeDocument.Read("f", Encoding.UTF8.GetBytes(json)));

    private static OutcomeDocument Read(JsonObject json) => OutcomeDocument.Read("f", CanonicalJson.Write(json)).Single();

    /// <summary>The outcome as if it were of the same agreement, section and window, so that unlike ones can be compared.</summary>
    private static OutcomeDocument SameKey(OutcomeDocument outcome, OutcomeDocument key, bool withoutParameters)
    {
        var json = outcome.Json.Without("agreement").With("agreement", key.Json["agreement"]).Without("section").With("section", key.Section).Without("window").With("window", key.Json["window"]);
        var trace = (JsonObject)json["trace"];
        return Read(withoutParameters ? json.Without("trace").With("trace", trace.Without("parameters").With("parameters", new JsonList([]))) : json);
    }

    /// <summary>The outcome with one text, number or truth changed, or null where the result is no outcome.</summary>
    private static OutcomeDocument? Mutant(OutcomeDocument outcome, int place)
    {
        var left = place % 2_000;
        try
        {
            return Read((JsonObject)Changed(outcome.Json, ref left));
        }
        catch (DocumentException)
        {
            return null;
        }
    }

    private static JsonItem Changed(JsonItem item, ref int left)
    {
        switch (item)
        {
            case JsonObject members:
                var copy = new JsonObject();
                foreach (var (name, value) in members)
                {
                    copy.Add(name, Changed(value, ref left));
                }

                return copy;
            case JsonList list:
                var items = new List<JsonItem>();
                foreach (var element in list.Items)
                {
                    items.Add(Changed(element, ref left));
                }

                return new JsonList(items);
            default:
                return left-- != 0 ? item : item switch
                {
                    JsonText text => text.Value + "1",
                    JsonWhole whole => whole.Value + 1,
                    JsonTruth truth => !truth.Value,
                    _ => "1",
                };
        }
    }
}
