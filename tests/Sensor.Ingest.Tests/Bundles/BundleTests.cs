using System.Text;
using Sensor.Compliance.Bundles;
using Sensor.Compliance.Explanations;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Tests.Bundles;

public sealed class BundleTests(BundledIngest ingest) : IClassFixture<BundledIngest>
{
    [Fact]
    public void Verification_OfTheBundleOfAnOutcome_SaysOfEachThingThatItHolds()
    {
        var report = BundleVerification.Of(ingest.Plain);

        Assert.True(report.Holds, report.Broken?.ToString());
        Assert.Equal(
            [
                "container", "manifest", "keys", "operator", "signature of the outcome", "agreement", "registry", "records", "station ST-1", "log", "determinations", "joint samples",
                "observations", "quality control", "aggregates", "rule", "payment", "outcome",
            ],
            report.Held.Select(c => c.Subject));
        var station = report.Held.Single(c => c.Subject == "station ST-1").Words;
        Assert.StartsWith("22 records of 2 runs", station, StringComparison.Ordinal);
        Assert.Contains("1 losses that the station declared", station, StringComparison.Ordinal);
        Assert.Contains("1 numbers that the station gave to two records, of which none counts", station, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_OfAnOutcomeThatADeterminationChanged_NamesWhoSigned()
    {
        var report = BundleVerification.Of(ingest.Determined, ingest.Operator.Public.Id);

        Assert.True(report.Holds, report.Broken?.ToString());
        Assert.Contains("version 1 decides the window; every version was signed by down with ", report.Held.Single(c => c.Subject == "determinations").Words, StringComparison.Ordinal);
        Assert.Equal(ingest.Outcomes[0].Digest, report.Outcome!.Digest);
        Assert.NotEqual(ingest.Outcomes[0].VerdictDigest, report.Computation!.Assess(null).VerdictDigest);
    }

    [Fact]
    public void Verification_AnotherOperatorExpected_DoesNotHold() =>
        Assert.Equal("operator", BundleVerification.Of(ingest.Plain, Digest.Of([1])).Broken!.Subject);

    [Fact]
    public void Explanation_OfTheOutcome_GoesFromTheReadingsToTheYuan()
    {
        var lines = OutcomeExplanation.Of(BundleVerification.Of(ingest.Plain).Outcome!).Select(l => l.En).ToList();

        Assert.Contains(lines, l => l.Contains("2020-08-03T08:00:00+08:00 ST-1: w01019 1.33", StringComparison.Ordinal));
        Assert.Contains("  1 because of flag M: maintenance or debugging", lines);
        Assert.Contains(lines, l => l.StartsWith("CODMn, 2020-08: 17 values on 17 days of 31", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("  index: 0.695", StringComparison.Ordinal));
        Assert.Equal("down pays up 200 CNY", lines[^1]);
    }

    [Theory]
    [InlineData("outcome.json", "signature of the outcome")]
    [InlineData("outcome.jws", "signature of the outcome")]
    [InlineData("agreement/1.json", "agreement")]
    [InlineData("registry.txt", "registry")]
    [InlineData("records.cbor", "records")]
    [InlineData("inclusion.json", "log")]
    [InlineData("checkpoint.note", "log")]
    [InlineData("determinations/1.json", "determinations")]
    [InlineData("determinations/1.up.jws", "determinations")]
    public void Verification_OneByteOfAMemberChangedAndSignedAnew_NamesTheStep(string name, string subject)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var forged = ingest.Forged(ingest.Determined, members => members.Select(m => m.Name == name ? m with { Content = Changed(m.Content, random) } : m));

            // A damaged signature that a later record of the run makes good is told, and takes nothing away.
            var report = BundleVerification.Of(forged);
            Assert.True(report.Broken?.Subject == subject || report.Held.Any(c => c.Words.Contains("whose own signature is damaged", StringComparison.Ordinal)), $"seed {seed}: {report.Broken}");
        }
    }

    [Theory]
    [InlineData("outcome.jws", "manifest")]
    [InlineData("agreement/1.json", "agreement")]
    [InlineData("determinations/1.down.jws", "determinations")]
    public void Verification_MemberLeftOut_NamesTheStep(string name, string subject) =>
        Assert.Equal(subject, BundleVerification.Of(ingest.Forged(ingest.Determined, members => members.Where(m => m.Name != name))).Broken?.Subject);

    [Theory]
    [InlineData("readme.txt", "manifest")]
    [InlineData("agreement/2.json", "agreement")]
    [InlineData("determinations/1.other.jws", "determinations")]
    public void Verification_MemberThatDoesNotBelongThere_NamesTheStep(string name, string subject) =>
        Assert.Equal(subject, BundleVerification.Of(ingest.Forged(ingest.Determined, members => [.. members, new BundleMember(name, "{}"u8.ToArray())])).Broken?.Subject);

    [Fact]
    public void Verification_KeyThatSignedNothing_DoesNotHold()
    {
        using var stranger = Sensor.Contracts.Keys.SigningKey.Create();
        var forged = ingest.Forged(ingest.Plain, members => [.. members, new BundleMember(BundleNames.Key(stranger.Public.Id), stranger.Public.SubjectPublicKeyInfo)]);

        Assert.Contains("signed nothing", BundleVerification.Of(forged).Broken!.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_AnotherSectionInTheManifest_DoesNotHold() =>
        Assert.Equal("signature of the outcome", BundleVerification.Of(ingest.Forged(ingest.Plain, m => m, manifest => manifest with { Section = "别处" })).Broken!.Subject);

    [Fact]
    public void Verification_RecordsLeftOut_SaysWhich()
    {
        foreach (var left in Enumerable.Range(0, 22))
        {
            var forged = ingest.Forged(ingest.Plain, members => members.Select(m => m.Name != BundleNames.Records ? m : m with { Content = Without(m.Content, left) }));

            Assert.Contains(BundleVerification.Of(forged).Broken!.Subject, new[] { "records", "log" });
        }
    }

    [Fact]
    public void Verification_OutcomeThatTheRecordsDoNotComeTo_SaysWhatChangesAndTheMoney()
    {
        var forged = ingest.Forged(ingest.Plain, members => members.Select(m => m.Name switch
        {
            BundleNames.Outcome => m with { Content = Cheated(m.Content) },
            BundleNames.OutcomeSignature => m with { Content = Encoding.ASCII.GetBytes(Sensor.Contracts.Keys.DetachedJws.Sign(ContentTypes.Outcome, Cheated(members.Single(o => o.Name == BundleNames.Outcome).Content), ingest.Operator)) },
            _ => m,
        }));

        var broken = BundleVerification.Of(forged).Broken!;

        Assert.Equal("recomputation", broken.Subject);
        Assert.Contains("payment: the records of the bundle come to something else than the outcome says", broken.Words, StringComparison.Ordinal);
        Assert.Contains("up -99800 CNY", broken.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OfAnEarlierOutcome_MakesTheSameBundleButForTheLog()
    {
        var earlier = BundleVerification.Of(ingest.Plain).Outcome!.Digest;

        var (code, output) = await ingest.CommandAsync("2020-08", "earlier.bundle", "--outcome", earlier.ToString());

        Assert.True(code == 0, output);
        var report = BundleVerification.Of(await File.ReadAllBytesAsync(Path.Combine(ingest.Folder, "earlier.bundle"), TestContext.Current.CancellationToken));
        Assert.Equal(earlier, report.Outcome!.Digest);
    }

    [Fact]
    public async Task Command_WhatCannotBe_SaysWhatThereIs()
    {
        Assert.Equal((2, $"No signed outcome of case, {BundledIngest.Section}, 2020-09. There are: case, {BundledIngest.Section}, 2020-08\n"), await ingest.CommandAsync("2020-09", "none.bundle"));
        var (code, output) = await ingest.CommandAsync("2020-08", "plain.bundle");
        Assert.Equal(1, code);
        Assert.Contains("already exists", output, StringComparison.Ordinal);
    }

    private static byte[] Changed(ReadOnlyMemory<byte> content, Random random)
    {
        var bytes = content.ToArray();
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] Without(ReadOnlyMemory<byte> records, int left) => EnvelopeSequence.Join([.. EnvelopeFile.Split(records).Where((_, i) => i != left)]);

    private static byte[] Cheated(ReadOnlyMemory<byte> outcome) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(outcome.Span).Replace("\"amount\":{\"currency\":\"CNY\",\"value\":\"200\"},\"bonus\"", "\"amount\":{\"currency\":\"CNY\",\"value\":\"100000\"},\"bonus\"", StringComparison.Ordinal));
}
