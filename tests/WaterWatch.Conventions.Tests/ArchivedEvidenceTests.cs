namespace WaterWatch.Conventions.Tests;

/// <summary>The bytes of old evidence may be in an archive: whoever selects envelopes looks there too.</summary>
public sealed class ArchivedEvidenceTests
{
    // What it reads is never moved: the first records of runs; and the archive itself takes what is still there.
    private static readonly string[] Exempt = ["src/Sensor.Ingest/Evidence/Rollbacks.cs", "src/Sensor.Ingest/Archives/StoreArchive.cs"];

    [Fact]
    public void Envelopes_OfTheEvidence_AreReadWhereverTheyAre() => Assert.Empty(
        from file in SourceTree.Files("src/Sensor.Ingest", ".cs").Except(Exempt)
        let tokens = SourceTree.Tokens(file).ToList()
        where tokens.Any(t => Selects(t.ValueText)) && !tokens.Any(t => t.Text == "EnvelopeAt")
        select $"{file} selects envelopes of the evidence without EnvelopeAt");

    private static bool Selects(string sql) =>
        sql.Contains("SELECT", StringComparison.Ordinal) && sql.Contains("envelope", StringComparison.Ordinal)
        && (sql.Contains("FROM evidence", StringComparison.Ordinal) || sql.Contains("JOIN evidence", StringComparison.Ordinal));
}
