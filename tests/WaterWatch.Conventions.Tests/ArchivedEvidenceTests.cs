namespace WaterWatch.Conventions.Tests;

/// <summary>The bytes of old evidence may be in an archive: whoever selects envelopes looks there too.</summary>
public sealed class ArchivedEvidenceTests
{
    // What it reads is never moved: the first records of runs; and the archive itself takes what is still there.
    private static readonly string[] Exempt =
    [
        "src/Sensor.Ingest/Evidence/Rollbacks.cs",
        "src/Sensor.Ingest/Archives/MovedEntries.cs",
        "src/Sensor.Ingest/Archives/StoreArchive.cs",
    ];

    [Fact]
    public void Envelopes_OfTheEvidence_AreReadWhereverTheyAre() => Assert.Empty(
        from file in SourceTree.Files("src/Sensor.Ingest", ".cs").Except(Exempt)
        let words = SourceTree.Tokens(file).Select(t => t.ValueText).ToList()
        where words.Any(IsFromEvidence) && words.Any(NamesEnvelope) && !words.Contains("EnvelopeAt")
        select $"{file} selects envelopes of the evidence without EnvelopeAt");

    [Fact]
    public void Envelopes_OfTheEvidence_AreReadSomewhere() =>
        Assert.Contains(SourceTree.Files("src/Sensor.Ingest", ".cs"), file => SourceTree.Tokens(file).Select(t => t.ValueText).ToList() is var words && words.Any(IsFromEvidence) && words.Any(NamesEnvelope));

    private static bool IsFromEvidence(string word) => word.Contains("FROM evidence", StringComparison.Ordinal) || word.Contains("JOIN evidence", StringComparison.Ordinal);

    // A list of columns, as a rule: the word may stand in a part of the statement of its own.
    private static bool NamesEnvelope(string word) =>
        word.Contains("envelope", StringComparison.Ordinal) && word.Any(c => c is ' ' or ',' or '.') && !word.Contains("INSERT", StringComparison.Ordinal) && !word.Contains(" FROM pending", StringComparison.Ordinal);
}
