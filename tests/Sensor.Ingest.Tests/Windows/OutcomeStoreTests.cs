using System.Text;
using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Windows;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Windows;

public sealed class OutcomeStoreTests : IDisposable
{
    private static readonly byte[] Document = File.ReadAllBytes(Repository.PathOf("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"));
    private static readonly Agreement Agreement = AgreementDocument.Read("first", Document);
    private static readonly Agreement Amended = AgreementDocument.Read("second", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Document).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)));
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waterwatch-outcomes-");
    private readonly SigningKey _key = SigningKey.Create();

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Take_AnySequence_LosesNoVersionAndEveryChainReachesTheFirst()
    {
        var step = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 2], Gen.OneOfConst(Agreement, Agreement, Agreement, Amended));
        var sequence = 0;
        step.Array[1, 12].Sample(
            steps =>
            {
                using var store = Open($"{Interlocked.Increment(ref sequence)}");
                var issued = new List<Digest>();
                foreach (var (value, state, agreement) in steps)
                {
                    var before = store.Latest();
                    var outcome = Compute(value, state, agreement);
                    var taken = store.Take([outcome]);
                    issued.AddRange(taken.Where(t => t.Succession is Succession.First or Succession.Supersedes).Select(t => t.Outcome.Digest));
                    AssertFinalStays(before, store.Latest(), outcome);
                }

                Assert.Equal(issued.Distinct().Order(), store.All().Select(o => o.Digest).Order());
                Assert.All(store.All(), version => Assert.Equal(issued[0], FirstOf(store, version)));
                Assert.All(store.All(), version => Assert.Equal(version.Supersedes is null, version.Difference is null));
                Assert.Empty(store.Take(steps.Select(s => Compute(s.Item1, s.Item2, s.Item3)).TakeLast(1).ToList()));
            },
            iter: 30, threads: 1);
    }

    [Fact]
    public void Take_LateDataOfAFinalWindow_KeepsTheNewestFindingUntilItIsNoneAnyMore()
    {
        using var store = Open("late");
        var final = Compute(1, 2, Agreement);
        store.Take([final]);

        Assert.Equal(Succession.LateFinding, Assert.Single(store.Take([Compute(2, 2, Agreement)])).Succession);
        Assert.Empty(store.Take([Compute(2, 2, Agreement)]));
        Assert.Equal(Succession.LateFinding, Assert.Single(store.Take([Compute(3, 2, Agreement)])).Succession);

        var stands = Assert.Single(store.Latest());
        Assert.Equal((final.Digest, Compute(3, 2, Agreement).Digest), (stands.Digest, stands.LateFinding!.Digest));
        Assert.Equal("verdict", JsonElement.Parse(stands.LateFinding.Difference).GetProperty("changes")[0].GetProperty("code").GetString());
        Assert.Single(store.All());
        Assert.Empty(store.Take([final]));
        Assert.Null(Assert.Single(store.Latest()).LateFinding);
    }

    [Fact]
    public void Take_AmendedAgreementAfterAFinding_SupersedesAndForgetsIt()
    {
        using var store = Open("amended");
        store.Take([Compute(1, 2, Agreement)]);
        store.Take([Compute(3, 2, Agreement)]);

        Assert.Equal(Succession.Supersedes, Assert.Single(store.Take([Compute(3, 2, Amended)])).Succession);

        var stands = Assert.Single(store.Latest());
        Assert.Equal((Compute(1, 2, Agreement).Digest, null), (stands.Supersedes, stands.LateFinding));
        Assert.Contains("agreement", JsonElement.Parse(stands.Difference!).GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("code").GetString()));
    }

    [Fact]
    public void Take_VerdictThatReturns_TellsWhatChangedNow()
    {
        using var store = Open("returns");
        store.Take([Compute(1, 1, Agreement)]);
        store.Take([Compute(3, 1, Agreement)]);
        var there = JsonElement.Parse(Assert.Single(store.Latest()).Difference!).GetProperty("effect").GetProperty("party").GetString();

        store.Take([Compute(1, 1, Agreement)]);

        var back = JsonElement.Parse(Assert.Single(store.Latest()).Difference!).GetProperty("effect").GetProperty("party").GetString();
        Assert.Equal(("down", "up"), (there, back));
        Assert.Equal(2, store.All().Count);
    }

    [Fact]
    public void Open_FileOfTheFirstVersion_KeepsItsOutcomesAndTakesNewOnes()
    {
        var folder = Path.Combine(_folder.FullName, "old");
        var outcome = Compute(1, 1, Agreement);
        using (var old = Database.OpenForWriting(Path.Combine(folder, "outcomes.db"), OutcomeSchema.Versions[0]))
        {
            old.Execute(
                "INSERT INTO outcome(agreement, section, window, window_from, window_to, digest, verdict, document, jws, supersedes, issued_at) VALUES('case', '河口', '2020-08', 0, 1, $1, $2, $3, 'jws', NULL, 0)",
                outcome.Digest.ToArray(), outcome.VerdictDigest.ToArray(), outcome.ToBytes());
            old.Execute("INSERT INTO latest(agreement, section, window, digest) VALUES('case', '河口', '2020-08', $1)", outcome.Digest.ToArray());
        }

        using (var store = Open("old"))
        {
            var held = Assert.Single(store.Latest());
            Assert.Equal((outcome.Digest, "jws", null, null), (held.Digest, held.Jws, held.Difference, held.LateFinding));
            store.Take([Compute(2, 1, Agreement)]);
        }

        using var again = Open("old");
        Assert.Equal(outcome.Digest, Assert.Single(again.Latest()).Supersedes);
        Assert.Equal(2, again.All().Count);
    }

    [Fact]
    public void Open_FileOfANewerProgram_IsRefusedUntouched()
    {
        Open("newer").Dispose();
        using (var newer = Database.OpenForWriting(Path.Combine(_folder.FullName, "newer", "outcomes.db"), "PRAGMA user_version=99"))
        {
        }

        Assert.Contains("version 99", Assert.Throws<IOException>(() => Open("newer")).Message, StringComparison.Ordinal);
    }

    private static void AssertFinalStays(IReadOnlyList<IssuedOutcome> before, IReadOnlyList<IssuedOutcome> after, Outcome computed)
    {
        if (before is [var stood] && OutcomeDocument.Read("before", stood.Document) is [{ State: "final" } document] && document.AgreementDigest == computed.Agreement.Digest.ToString())
        {
            Assert.Equal(stood.Digest, Assert.Single(after).Digest);
        }
    }

    private static Digest FirstOf(OutcomeStore store, IssuedOutcome version)
    {
        Assert.NotNull(version.Jws);
        while (version.Supersedes is { } previous)
        {
            version = Assert.IsType<IssuedOutcome>(store.Find(previous));
        }

        return version.Digest;
    }

    private OutcomeStore Open(string name) => OutcomeStore.Open(Path.Combine(_folder.FullName, name), _key, TimeProvider.System);

    /// <summary>The outcome of August 2020 with one day of one value, 1 (met) to 3 (missed), while it is open (0), provisional (1) or final (2).</summary>
    private static Outcome Compute(int value, int state, Agreement agreement)
    {
        var at = new Instant(1_597_017_600_000);
        var observations = Parameters.Select(p => new Observation
        {
            Section = "河口", Series = "S", Parameter = p, SampledFrom = at, SampledTo = at, Value = new MeasuredValue(value * 5, -2), Unit = "mg/L", Flag = "N", Order = 0,
        });
        var end = agreement.Offset.StartOf(new DateOnly(2020, 9, 1));
        return Assert.Single(Assessment.Assess(agreement, new AssessmentInput
        {
            Observations = [.. observations],
            AsOf = state switch { 0 => at, 1 => end, _ => agreement.Offset.StartOf(new DateOnly(2020, 9, 11)) },
        }));
    }
}
