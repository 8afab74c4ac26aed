using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Ingest.Samples;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Tests.Samples;

public sealed class SampleDeskTests : IDisposable
{
    private const string Line = "河口,2020-08-04T10:00:00+08:00,w01019,1.62,mg/L,N,,lab-up";
    private readonly string _folder = SampleCase.AgreementsFolder();
    private readonly SampleStore _store;
    private readonly SampleDesk _desk;

    public SampleDeskTests()
    {
        _store = SampleStore.Open(Path.Combine(_folder, "data"), TimeProvider.System);
        _desk = new SampleDesk(_store, AgreementFolder.Read(_folder), TimeProvider.System);
    }

    [Fact]
    public void Enter_TheSameFileTwice_IsOnce()
    {
        var first = Enter(SampleCase.All);
        var again = Enter(SampleCase.All);

        Assert.Equal((12, 0, 0), (first.New, first.Revised, first.Repeated));
        Assert.Equal((0, 0, 12), (again.New, again.Revised, again.Repeated));
        var held = Assert.Single(_store.All());
        Assert.Equal(SampleCase.Bytes(SampleCase.All), held.Bytes);
        Assert.Equal((Digest.Of(held.Bytes), "a test", null, 12), (held.Digest, held.RecordedBy, held.Reason, held.Lines.Count));
    }

    [Fact]
    public void Enter_OtherBytesThatSayNothingNew_KeepsNothing()
    {
        Enter(SampleCase.All);

        Assert.Equal(4, Enter(SampleCase.Of("lab-up")).Repeated);
        Assert.Single(_store.All());
    }

    [Fact]
    public void Enter_ResultStatedOtherwise_NeedsAReasonAndBothAreKept()
    {
        Enter(SampleCase.All);
        var revised = SampleCase.Of("lab-up").Replace("1.62", "1.71", StringComparison.Ordinal);

        var refused = Assert.Throws<DocumentException>(() => Enter(revised));
        Assert.Equal("line 2", Assert.Single(refused.Problems).Path);
        Assert.Contains("lab-up stated 1.62 N for w01019 of 2020-08-04T10:00:00+08:00 before", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--reason", refused.Message, StringComparison.Ordinal);
        Assert.Single(_store.All());

        var entry = Enter(revised, "a digit was mistyped");
        Assert.Equal((0, 1, 3), (entry.New, entry.Revised, entry.Repeated));
        Assert.Equal([null, "a digit was mistyped"], _store.All().Select(s => s.Reason));
    }

    [Theory]
    [InlineData("河口", "别处", "no agreement takes joint samples at the section '别处'", "Write one of 河口")]
    [InlineData(",lab-up", ",ST-1", "'ST-1' is no laboratory of the agreement's joint samples", "Write one of lab-up, lab-down, lab-reserve")]
    [InlineData(",lab-up", ",", "names no laboratory in the column source", "Write one of lab-up")]
    [InlineData("2020-08", "2999-08", "the sample is of 2999-08-04T10:00:00+08:00, which is not yet", "Correct the time")]
    [InlineData("mg/L", "ug/L", "w01019 is in ug/L", "Give it in mg/L")]
    [InlineData(Line, Line + "\n" + Line, "states w01019 of lab-up and 2020-08-04T10:00:00+08:00, as line 2 does", "Keep one of them")]
    [InlineData("1.62", "much", "line 2: value 'much' is not a plain decimal number", "Correct the line")]
    [InlineData(Line + "\n", "", "has no line", "Give a file with results")]
    [InlineData("section,", "place,", "section", "Correct the line")]
    public void Enter_Mistake_IsReportedWithItsRemedyAndNothingIsKept(string good, string bad, string what, string remedy)
    {
        var file = $"section,time,parameter,value,unit,flag,detectionLimit,source\n{Line}\n".Replace(good, bad, StringComparison.Ordinal);

        var refused = Assert.Throws<DocumentException>(() => Enter(file));

        Assert.Contains(what, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_store.All());
    }

    [Fact]
    public void Enter_TwoMistakes_ReportsBoth() => Assert.Equal(
        ["line 2", "line 3"], Assert.Throws<DocumentException>(() => Enter(SampleCase.Of("lab-up").Replace("w01019,1.62,mg/L", "w01019,1.62,g", StringComparison.Ordinal).Replace("w21003,0.135,mg/L", "w21003,0.135,g", StringComparison.Ordinal))).Problems.Select(p => p.Path));

    [Fact]
    public void Enter_NoAgreementWithJointSamples_SaysSo()
    {
        var desk = new SampleDesk(_store, [], TimeProvider.System);

        Assert.Contains("belongs to no agreement", Assert.Throws<DocumentException>(() => desk.Enter("s.csv", SampleCase.Bytes(SampleCase.All), null, "a test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Enter_AgreementThatAcceptsOnlyWhatIsSigned_SaysSo()
    {
        var path = Path.Combine(_folder, "case.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("""["device", "attested", "imported"]""", """["device", "attested"]""", StringComparison.Ordinal));
        var desk = new SampleDesk(_store, AgreementFolder.Read(_folder), TimeProvider.System);

        var refused = Assert.Throws<DocumentException>(() => desk.Enter("s.csv", SampleCase.Bytes(SampleCase.Of("lab-up")), null, "a test"));
        Assert.Equal(4, refused.Problems.Count);
        Assert.Contains("does not let results of 'lab-up' count that nobody signed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Enter_FileThatIsNotUtf8OrTooLarge_IsRefused()
    {
        Assert.Contains("is not UTF-8", Assert.Throws<DocumentException>(() => _desk.Enter("s.csv", [.. SampleCase.Bytes(SampleCase.All), 0xFF], null, "a test")).Message, StringComparison.Ordinal);
        Assert.Contains("more than 4194304", Assert.Throws<DocumentException>(() => _desk.Enter("s.csv", new byte[SampleDesk.MostBytes + 1], null, "a test")).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private SampleEntry Enter(string file, string? reason = null) => _desk.Enter("s.csv", SampleCase.Bytes(file), reason, "a test");
}
