using System.Globalization;
using Sensor.Compliance.Bundles;
using Sensor.Contracts.Bundles;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Bundles;

/// <summary>The verifier in Python and this code say the same of every bundle; where they do not, the document or one of them is wrong.</summary>
public sealed class IndependentBundleVerifierTests(BundledIngest ingest) : IClassFixture<BundledIngest>
{
    [Fact]
    public async Task Python_TheBundleOfAnOutcome_HoldsAndIsRecomputed()
    {
        var (code, lines) = await PythonVerifier.RunAsync("--operator-key", ingest.Operator.Public.Id.ToString(), Path.Combine(ingest.Folder, "plain.bundle"));

        Assert.True(code == 0, string.Join('\n', lines));
        Assert.Equal("holds: computation: means, index, result and payment recomputed from the records: pass, better", lines[^1]);
    }

    [Fact]
    public async Task Python_TheBundleWithDeterminations_HoldsUnderItsOperatorAlone()
    {
        var bundle = Path.Combine(ingest.Folder, "determined.bundle");

        Assert.Equal(0, (await PythonVerifier.RunAsync(bundle)).Code);
        Assert.Equal((1, "DOES NOT HOLD: another operator's key was expected"), await Last(PythonVerifier.RunAsync("--operator-key", new string('0', 64), bundle)));
    }

    [Fact]
    public async Task Verifiers_AnyOneByteChanged_BothRefuse()
    {
        var random = new Random(20261125);
        var bundle = ingest.Determined;
        var changes = Enumerable.Range(0, Trials.Of(300, 10_000)).Select(_ => Change(bundle, random)).ToList();
        var file = Path.Combine(ingest.Folder, "changes.txt");
        await File.WriteAllLinesAsync(file, changes.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Position} {c.Value}")), TestContext.Current.CancellationToken);

        var (code, lines) = await PythonVerifier.RunAsync("--changes", file, Path.Combine(ingest.Folder, "determined.bundle"));

        Assert.Equal((0, changes.Count), (code, lines.Length));
        Assert.All(lines, line => Assert.StartsWith("refused: ", line, StringComparison.Ordinal));
        Assert.All(changes, change => Assert.False(BundleVerification.Of(With(bundle, change)).Holds, $"{change}"));
    }

    [Fact]
    public async Task Verifiers_MemberChangedAnywhereAndSignedAnewByTheOperator_SayTheSame()
    {
        var random = new Random(4);
        var forged = Enumerable.Range(0, Trials.Of(150, 2_000)).Select(i => ingest.Forged(i % 2 == 0 ? ingest.Determined : ingest.Plain, members =>
        {
            var chosen = random.Next(members.Count);
            return members.Select((m, at) => at == chosen ? m with { Content = Harmed(m.Content.ToArray(), random) } : m);
        })).ToList();
        var files = forged.Select((bytes, i) => (Path: Path.Combine(ingest.Folder, $"forged-{i}.bundle"), Bytes: bytes)).ToList();
        files.ForEach(f => File.WriteAllBytes(f.Path, f.Bytes));

        var (_, lines) = await PythonVerifier.RunAsync(files.Select(f => f.Path).Prepend("--many"));

        Assert.Equal(files.Count, lines.Length);
        Assert.All(files.Zip(lines), pair => Assert.True(
            BundleVerification.Of(pair.First.Bytes) is var ours && ours.Holds == (pair.Second == "holds"), $"{pair.First.Path}: here {ours.Broken}, there {pair.Second}"));
        Assert.True(lines.Count(line => line != "holds") > files.Count / 2, "hardly anything was refused");
    }

    [Fact]
    public async Task Verifiers_MembersLeftOutOrAdded_BothRefuse()
    {
        // Receipts are shown as far as they are kept.
        var names = BundleContainer.Read(ingest.Determined).Skip(2).Select(m => m.Name).Where(name => name != BundleNames.Receipts).ToList();
        List<byte[]> forged =
        [
            .. names.Select(name => ingest.Forged(ingest.Determined, members => members.Where(m => m.Name != name))),
            .. new[] { "readme.txt", "agreement/2.json", "determinations/1.x.jws", "keys/a.der" }.Select(name => ingest.Forged(ingest.Plain, members => [.. members, new BundleMember(name, "{}"u8.ToArray())])),
        ];
        var files = forged.Select((bytes, i) => (Path: Path.Combine(ingest.Folder, $"members-{i}.bundle"), Bytes: bytes)).ToList();
        files.ForEach(f => File.WriteAllBytes(f.Path, f.Bytes));

        var (_, lines) = await PythonVerifier.RunAsync(files.Select(f => f.Path).Prepend("--many"));

        Assert.All(files.Zip(lines), pair => Assert.True(pair.Second != "holds" && !BundleVerification.Of(pair.First.Bytes).Holds, pair.Second));
    }

    private static (int Position, byte Value) Change(byte[] bytes, Random random)
    {
        var position = random.Next(bytes.Length);
        return (position, (byte)(bytes[position] ^ random.Next(1, 256)));
    }

    private static byte[] With(byte[] bytes, (int Position, byte Value) change)
    {
        var changed = (byte[])bytes.Clone();
        changed[change.Position] = change.Value;
        return changed;
    }

    /// <summary>One byte changed, some taken out, or some put in.</summary>
    private static byte[] Harmed(byte[] bytes, Random random)
    {
        var (at, count) = (random.Next(bytes.Length), random.Next(1, 40));
        return random.Next(4) switch
        {
            0 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + count)..]],
            1 => [.. bytes[..at], .. Enumerable.Range(0, count).Select(_ => (byte)random.Next(256)), .. bytes[at..]],
            _ => With(bytes, Change(bytes, random)),
        };
    }

    private static async Task<(int, string)> Last(Task<(int Code, string[] Lines)> run)
    {
        var (code, lines) = await run;
        return (code, lines[^1]);
    }
}
