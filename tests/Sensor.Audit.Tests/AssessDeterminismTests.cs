using System.Text.Json;
using CsCheck;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Statistics;
using Sensor.Contracts.Documents;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

/// <summary>The same files decide the same, whatever the host's language and clock and however the lines are ordered.</summary>
public sealed class AssessDeterminismTests
{
    private static readonly string[] Jiekou =
        ["assess", "--agreement", Repository.PathOf("agreements/xinanjiang-round-3-from-may.json"), "--observations", Repository.PathOf("demo/data/jiekou.csv")];

    /// <summary>Quarters, classes and pH means, and a moment: everything in which a calendar or a language could show.</summary>
    private static readonly string[] Laokou =
    [
        "assess", "--agreement", Repository.PathOf("demo/agreements/class-iii-quarterly.json"), "--observations", Repository.PathOf("demo/data/laokou.csv"),
        "--as-of", "2021-04-01T00:30:00+08:00",
    ];

    [Theory]
    [InlineData("zh_CN.UTF-8", "Asia/Shanghai")]
    [InlineData("tr_TR.UTF-8", "America/St_Johns")]
    [InlineData("de_DE.UTF-8", "Pacific/Kiritimati")]
    public async Task Assess_InAProcessOfAnotherLanguageAndTimeZone_WritesTheSameBytes(string language, string timeZone)
    {
        Assert.True(File.Exists("/usr/share/zoneinfo/" + timeZone), $"The time zone {timeZone} is not installed, so this would show nothing; tests/run.sh runs where Debian's tzdata is.");
        (string, string)[] environment = [("LANG", language), ("LC_ALL", language), ("TZ", timeZone)];
        foreach (var args in new[] { Jiekou, Laokou })
        {
            var here = CommandLine.Run(args);
            var there = await CommandLine.RunProcessIn(environment, args);

            Assert.Equal((0, "", here.Output), (there.ExitCode, there.Error, there.Output));
            Assert.Contains("\"result\":", there.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Assess_ShuffledLines_GivesTheSameOutcomesButForTheDigestOfTheFile()
    {
        var lines = File.ReadAllLines(Repository.PathOf("demo/data/jiekou.csv"));
        using var ordered = new ObservationCsvFile(lines[0], [.. lines[1..], .. Revisions(lines)]);
        var expected = WithoutCut(Assess(ordered.Path));
        foreach (var seed in new[] { 1, 2, 3 })
        {
            using var shuffled = new ObservationCsvFile(lines[0], Shuffle([.. lines[1..], .. Revisions(lines)], seed));
            Assert.Equal(expected, WithoutCut(Assess(shuffled.Path)));
        }
    }

    [Fact]
    public void VerdictDigest_OfShuffledLines_StaysTheSame()
    {
        var agreement = AgreementDocument.Read("agreement", File.ReadAllBytes(Jiekou[2]));
        var lines = File.ReadAllLines(Jiekou[4]);
        string[] all = [.. lines[1..], .. Revisions(lines)];
        var expected = VerdictDigest(agreement, lines[0], all);
        Gen.Int.Sample(seed => VerdictDigest(agreement, lines[0], Shuffle(all, seed)) == expected, iter: 10);
    }

    /// <summary>Later lines for some keys with another value: with them, and with them alone, the order of lines has a meaning.</summary>
    private static IEnumerable<string> Revisions(string[] lines) => lines[1..].Where((_, i) => i % 97 == 0).Select(line =>
    {
        var fields = line.Split(',');
        fields[3] = "0.5";
        return string.Join(',', fields);
    });

    /// <summary>The lines in another order, those of one key in their own.</summary>
    private static string[] Shuffle(string[] lines, int seed)
    {
        var keys = lines.Select(Key).ToArray();
        new Random(seed).Shuffle(keys);
        var inOrder = lines.GroupBy(Key).ToDictionary(g => g.Key, g => new Queue<string>(g));
        return [.. keys.Select(key => inOrder[key].Dequeue())];
    }

    private static string Key(string line) => string.Join(',', line.Split(',')[..3]);

    private static string VerdictDigest(Agreement agreement, string header, IEnumerable<string> lines)
    {
        using var reader = new StringReader(string.Join('\n', lines.Prepend(header)) + "\n");
        var observations = ObservationCsv.Read(reader).Select(l => l.ToObservation()).ToList();
        return Assert.Single(Assessment.Assess(agreement, new AssessmentInput { Observations = observations })).VerdictDigest.ToString();
    }

    private static string Assess(string observations)
    {
        var ran = CommandLine.Run([.. Jiekou[..4], observations]);
        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        return ran.Output;
    }

    private static List<string> WithoutCut(string outcomes)
    {
        using var json = JsonDocument.Parse(outcomes);
        return [.. json.RootElement.EnumerateArray().Select(o => string.Join(',', o.EnumerateObject().Where(m => m.Name != "cut").Select(m => m.Name + m.Value.GetRawText())))];
    }
}
