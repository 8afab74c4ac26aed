using System.Text.Json;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Windows;

/// <summary>An ingest under the two versions of an assessment case: the second splits the year 2020 on 1 July.</summary>
public sealed class AmendmentTests : IDisposable
{
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];
    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-1");

    [Fact]
    public async Task Outcomes_TwoVersionsInTheFolder_EachWindowNamesTheVersionThatAssessedIt()
    {
        var digests = new[] { Add(1), Add(2) };
        await using var ingest = await TestIngest.StartAsync(agreements: _agreements, before: Enroll);

        var outcomes = await AssessAsync(ingest.Host, ingest.MqttPort, Year());

        Assert.Equal(["2020-01-01..2020-06-30 1", "2020-07-01..2020-12-31 2"], outcomes.Select(o => $"{o.Window} {Member(o, "agreement", "version")}"));
        Assert.Equal(digests.Select(d => d.ToString()), outcomes.Select(o => Member(o, "cut", "agreement")));
        Assert.Equal(digests.Select(d => d.ToString()), outcomes.Select(o => Member(o, "agreement", "digest")));
    }

    [Fact]
    public async Task Outcomes_AmendmentAfterTheYearWasSigned_StandForThePartsAndKeepWhatWasSigned()
    {
        Add(1);
        var port = TestIngest.FreePort();
        var configuration = TestIngest.Configure(new HostedBroker { Port = port }, _agreements);
        Digest year;
        await using (var host = IngestHost.Create(configuration))
        {
            Enroll(host);
            await host.StartAsync(TestContext.Current.CancellationToken);
            year = Assert.Single(await AssessAsync(host, port, Year())).Digest;
        }

        Add(2);
        await using var amended = IngestHost.Create(configuration);
        await amended.StartAsync(TestContext.Current.CancellationToken);
        await amended.AssessNowAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["2020-01-01..2020-06-30", "2020-07-01..2020-12-31"], amended.Outcomes.Select(o => o.Window));
        Assert.NotNull(amended.Pipeline.Outcomes.Find(year)?.Jws);
    }

    [Fact]
    public void Read_DocumentsThatAreNoVersionsOfOneAgreement_NamesTheAgreementAndTheRemedy()
    {
        Add(2);
        File.Copy(Case(2), Path.Combine(_agreements, "copy.json"));

        var problems = Assert.Throws<DocumentException>(() => AgreementFolder.Read(_agreements)).Problems;

        Assert.Contains("case, version: 2 documents are version 2. Keep the one that was signed.", problems.Select(p => p.ToString()));
        Assert.Contains("case, version 2: amends.version: amends version 1, which is not given. Add the document of version 1.", problems.Select(p => p.ToString()));
    }

    public void Dispose()
    {
        _station.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    private static string Case(int version) => Repository.PathOf($"tests/cases/assessments/amended-split/agreement-{version}.json");

    private static string Member(IssuedOutcome outcome, string part, string member) => JsonElement.Parse(outcome.Document).GetProperty(part).GetProperty(member).ToString();

    private static Instant At(int year, int month) => Instant.From(new DateTimeOffset(year, month, 10, 8, 0, 0, TimeSpan.FromHours(8)));

    private Digest Add(int version)
    {
        File.Copy(Case(version), Path.Combine(_agreements, $"{version}.json"));
        return Digest.Of(File.ReadAllBytes(Case(version)));
    }

    private void Enroll(IngestHost host) => host.EnrollStation(_station.Id, "河口", _station.Key.Public, "test");

    private Envelope[] Year() =>
    [
        .. Enumerable.Range(1, 12).Select(month => _station.Next(
            new ReadingsBody(At(2020, month), [.. Parameters.Select(p => TestStation.Reading(p, "0.10", At(2020, month)))]), At(2021, 3))),
    ];

    private async Task<IReadOnlyList<IssuedOutcome>> AssessAsync(IngestHost host, int port, Envelope[] records)
    {
        await using var client = await StationClient.ConnectAsync(port, host.OperatorKey, _station.Id);
        await client.SendAsync(_station, records);
        await host.AssessNowAsync(TestContext.Current.CancellationToken);
        return host.Outcomes;
    }
}
