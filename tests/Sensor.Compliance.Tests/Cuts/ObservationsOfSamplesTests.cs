using CsCheck;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;

namespace Sensor.Compliance.Tests.Cuts;

public sealed class ObservationsOfSamplesTests
{
    private static readonly Instant Moment = new(1_600_000_000_000);

    [Fact]
    public void Of_FilesOfDifferentLaboratories_AreTheSameCutInAnyOrder()
    {
        var (up, down) = (File("up", ("lab-up", "1.6")), File("down", ("lab-down", "1.9")));

        var one = ObservationsOfSamples.Of([up, down], _ => true);
        var other = ObservationsOfSamples.Of([down, up], _ => true);

        Assert.Equal(new[] { up.Digest, down.Digest }.Order(), one.Files.Select(f => f.Digest));
        Assert.Equal(one.Files.Select(f => f.Digest), other.Files.Select(f => f.Digest));
        Assert.All(one.Files.Concat(other.Files), f => Assert.Empty(f.Supersedes));
        Assert.All(one.Observations.Concat(other.Observations), o => Assert.Equal(0, o.Order));
    }

    [Fact]
    public void Of_ResultThatIsStatedOtherwise_NamesWhatItSupersedesAndCountsInItsPlace()
    {
        var (first, second, third) = (File("1", ("lab-up", "1.6"), ("lab-down", "1.9")), File("2", ("lab-up", "1.7")), File("3", ("lab-up", "1.6")));

        var cut = ObservationsOfSamples.Of([first, second, third], _ => true);

        Assert.Equal([], SupersededBy(cut, first));
        Assert.Equal([first.Digest], SupersededBy(cut, second));
        Assert.Equal([second.Digest], SupersededBy(cut, third));
        Assert.Equal(["1.6", "1.7", "1.6"], cut.Observations.Where(o => o.Series == "lab-up").OrderBy(o => o.Order).Select(o => o.Value.ToString()));
    }

    [Fact]
    public void Of_FileThatOnlyRepeats_IsNotNamed()
    {
        var first = File("1", ("lab-up", "1.6"), ("lab-down", "1.9"));

        var cut = ObservationsOfSamples.Of([first, File("2", ("lab-down", "1.9"))], _ => true);

        Assert.Equal(first.Digest, Assert.Single(cut.Files).Digest);
        Assert.Equal(2, cut.Observations.Count);
    }

    [Fact]
    public void Of_ResultsThatDoNotBear_BringNeitherThemselvesNorTheirFiles()
    {
        var cut = ObservationsOfSamples.Of([File("1", ("lab-up", "1.6")), File("2", ("lab-down", "1.9"))], o => o.Series == "lab-down");

        Assert.Equal("lab-down", Assert.Single(cut.Observations).Series);
        Assert.Single(cut.Files);
    }

    /// <summary>Files of any results: what stands is what was entered last, and the order of the named files can be told from what they supersede.</summary>
    [Fact]
    public void Of_AnyFiles_LetTheLastStatementOfEachResultStand() =>
        Gen.Select(Gen.OneOfConst("a", "b", "c", "d"), Gen.OneOfConst("1.1", "1.2", "1.3")).Array[1, 4].Array[1, 8].Sample(
            files =>
            {
                var entered = files.Select((f, i) => File($"{i}", [.. f.DistinctBy(r => r.Item1)])).ToList();
                var cut = ObservationsOfSamples.Of(entered, _ => true);

                var last = entered.SelectMany(f => f.Results).GroupBy(o => o.Series).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Last().Value));
                var standing = CurrentObservations.Of(cut.Observations).Select(c => (c.Standing.Series, c.Standing.Value)).OrderBy(s => s.Series, StringComparer.Ordinal);
                Assert.Equal(last, standing);
                Assert.All(cut.Files, f => Assert.All(f.Supersedes, s => Assert.Contains(cut.Files, other => other.Digest == s)));
            },
            iter: 2000);

    private static IReadOnlyList<Digest> SupersededBy(ObservationsOfSamples cut, SampleFile file) => cut.Files.Single(f => f.Digest == file.Digest).Supersedes;

    private static SampleFile File(string name, params (string Laboratory, string Value)[] results) => new(
        Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)),
        [.. results.Select((r, i) => new Observation
        {
            Section = "河口", Series = r.Laboratory, Parameter = ParameterCatalogue.CodMn, SampledFrom = Moment, SampledTo = Moment, Value = MeasuredValue.Parse(r.Value), Unit = "mg/L", Flag = "N", Order = i + 2,
        })]);
}
