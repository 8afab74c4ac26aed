using System.Text;
using System.Text.Json;
using Sensor.Compliance.Agreements;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Signing;
using Sensor.Ingest.Tests.Support;
using Sensor.Ingest.Windows;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Windows;

/// <summary>A final outcome changes only through determinations that both parties signed. Months of 2020, closed after 10 days.</summary>
public sealed class DeterminationTests : IDisposable
{
    private const string Section = "河口";
    private static readonly string[] Parameters = ["w01019", "w21003", "w21011", "w21001"];
    private static readonly string[] Good = ["1.80", "0.15", "0.027", "1.10"];
    private static readonly string[] Bad = ["30.0", "9.00", "1.000", "30.0"];

    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-1");
    private readonly SigningKey _up = SigningKey.Create();
    private readonly SigningKey _down = SigningKey.Create();

    public DeterminationTests() => File.Copy(Repository.PathOf("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"), Path.Combine(_agreements, "case.json"));

    [Fact]
    public async Task Outcomes_DeterminationThatOnePartySigned_ChangesNothing_AndWithTheOtherSupersedesTheFinalOne()
    {
        await using var ingest = await StartAsync();
        var final = await FinalWithLateDataAsync(ingest);
        var document = Document(1, null, Confirm("late", 8));

        Assert.Equal(["down"], Enter(ingest, document, _up).Missing);
        Assert.Equal(final.Digest, Assert.Single(await AssessAsync(ingest)).Digest);

        Assert.Empty(Enter(ingest, document, _down).Missing);
        await Until.True(async () => Assert.Single(await AssessAsync(ingest)).Digest != final.Digest, "the determination takes effect");
        var json = JsonElement.Parse(Assert.Single(ingest.Host.Outcomes).Document);
        Assert.Equal(("fail", "final"), (json.GetProperty("result").GetString(), json.GetProperty("state").GetString()));
        Assert.Equal(Digest.Of(document).ToString(), json.GetProperty("cut").GetProperty("determinations").GetString());
        Assert.Equal(final.Digest, ingest.Host.Outcomes[0].Supersedes);
        Assert.NotNull(ingest.Host.Pipeline.Outcomes.Find(final.Digest)?.Jws);
    }

    [Fact]
    public async Task Outcomes_SignedDeterminationAboutAnotherMonth_LetsNoLateDataIntoThisOne()
    {
        await using var ingest = await StartAsync();
        var final = await FinalWithLateDataAsync(ingest);
        Enter(ingest, Document(1, null, Exempt("frozen", 7)), _up, _down);

        await Until.True(async () => (await AssessAsync(ingest)).Count == 2, "July is exempt, although nothing was measured");

        var outcomes = ingest.Host.Outcomes;
        Assert.Equal(["2020-07", "2020-08"], outcomes.Select(o => o.Window));
        Assert.Equal("exempt", JsonElement.Parse(outcomes[0].Document).GetProperty("result").GetString());
        Assert.Equal(final.Digest, outcomes[1].Digest);
        Assert.NotNull(outcomes[1].LateFinding);
    }

    [Fact]
    public async Task Outcomes_SecondVersionThatSaysTheSameAboutAMonth_LeavesItsOutcome()
    {
        await using var ingest = await StartAsync();
        await FinalWithLateDataAsync(ingest);
        var first = Document(1, null, Confirm("late", 8));
        Enter(ingest, first, _up, _down);
        await Until.True(async () => (await AssessAsync(ingest))[0].Supersedes is not null, "the first version takes effect");
        var superseding = ingest.Host.Outcomes[0].Digest;
        await SendAsync(ingest, Day(8, 12, Good, Moment(9, 14)));

        Enter(ingest, Document(2, first, Confirm("late", 8), Exempt("frozen", 7)), _up, _down);
        await Until.True(async () => (await AssessAsync(ingest)).Count == 2, "the second version takes effect");

        Assert.Equal(superseding, ingest.Host.Outcomes[1].Digest);
        Assert.NotNull(ingest.Host.Outcomes[1].LateFinding);
    }

    [Fact]
    public async Task Outcomes_SecondVersionThatTakesADeterminationBack_IsASignedActToo()
    {
        await using var ingest = await StartAsync();
        await SendAsync(ingest, Day(8, 10, Good, Moment(8, 11)), Day(9, 12, Good, Moment(9, 12)));
        var measured = Assert.Single(await AssessAsync(ingest));
        var first = Document(1, null, Exempt("frozen", 8));
        Enter(ingest, first, _up, _down);
        await Until.True(async () => Result((await AssessAsync(ingest))[0]) == "exempt", "the first version takes effect");

        var second = Document(2, first);
        Enter(ingest, second, _up, _down);
        await Until.True(async () => Result((await AssessAsync(ingest))[0]) == "pass", "the second version takes effect");

        Assert.NotEqual(measured.Digest, ingest.Host.Outcomes[0].Digest);
        Assert.Equal(measured.VerdictDigest, ingest.Host.Outcomes[0].VerdictDigest);
    }

    [Fact]
    public async Task Api_Determinations_AreServedWithTheirSignatures()
    {
        await using var ingest = await StartAsync();
        var document = Document(1, null, Exempt("frozen", 7));
        Enter(ingest, document, _up);
        using var http = new HttpClient { BaseAddress = ingest.Host.HttpAddress };
        var digest = Digest.Of(document);

        var listed = JsonElement.Parse(await http.GetStringAsync(new Uri("/api/v1/determinations", UriKind.Relative), TestContext.Current.CancellationToken))[0];
        var jws = await http.GetStringAsync(new Uri($"/api/v1/determinations/{digest}.up.jws", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((digest.ToString(), false, "up", "down"), (
            listed.GetProperty("digest").GetString(), listed.GetProperty("inEffect").GetBoolean(), listed.GetProperty("signedBy")[0].GetString(), listed.GetProperty("missing")[0].GetString()));
        Assert.Equal(document, await http.GetByteArrayAsync(new Uri($"/api/v1/determinations/{digest}", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.True(DetachedJws.Parse(jws).Holds(document, ContentTypes.Determination, _up.Public));
    }

    [Fact]
    public async Task Enter_WhatDoesNotHold_IsRefusedWithItsPlaceAndNothingIsStored()
    {
        await using var ingest = await StartAsync();
        using var stranger = SigningKey.Create();
        var first = Document(1, null, Exempt("frozen", 7));
        string Refused(byte[] document, string signature) =>
            string.Join(' ', Assert.Throws<DocumentException>(() => ingest.Host.Pipeline.Desk.Enter("d.json", document, Named(signature), "test")).Problems);

        Assert.Contains("belongs to no party", Refused(first, Sign(first, stranger)), StringComparison.Ordinal);
        Assert.Contains("did not sign these bytes", Refused(first, Sign([.. first, (byte)'\n'], _up)), StringComparison.Ordinal);
        Assert.Contains("did not sign these bytes", Refused(first, DetachedJws.Sign(ContentTypes.Outcome, first, _up)), StringComparison.Ordinal);
        Assert.Contains("not a detached signature", Refused(first, "hello"), StringComparison.Ordinal);
        var second = Document(2, null, Exempt("frozen", 7));
        Assert.Contains("version: is 2 where 1 follows", Refused(second, Sign(second, _up)), StringComparison.Ordinal);
        var elsewhere = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(first).Replace(Section, "别处", StringComparison.Ordinal));
        Assert.Contains("别处, which is none of the agreement's sections", Refused(elsewhere, Sign(elsewhere, _up)), StringComparison.Ordinal);
        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(first).Replace("\"agreement\":\"case\"", "\"agreement\":\"other\"", StringComparison.Ordinal));
        Assert.Contains("Name an agreement that is evaluated here: case", Refused(other, Sign(other, _up)), StringComparison.Ordinal);
        Assert.Empty(ingest.Host.Pipeline.Determinations.All());
    }

    public void Dispose()
    {
        _station.Dispose();
        _up.Dispose();
        _down.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    private static string Confirm(string id, int month) => Item(id, "confirm", "agreed", month);

    private static string Exempt(string id, int month) => Item(id, "exempt", "frozen", month);

    private static string Item(string id, string kind, string code, int month) =>
        $$"""{"id":"{{id}}","kind":"{{kind}}","section":"{{Section}}","from":"2020-{{month:00}}-01T00:00:00+08:00","to":"2020-{{month + 1:00}}-01T00:00:00+08:00","reason":{"code":"{{code}}","en":"because","zh":"原因"},"document":"No. 1","decidedBy":["A","B"]}""";

    private static byte[] Document(int version, byte[]? previous, params string[] items)
    {
        var chain = previous is null ? "" : $"\"previous\":\"{Digest.Of(previous)}\",";
        return Encoding.UTF8.GetBytes($$"""{"schema":"waterwatch/determinations/1","agreement":"case","version":{{version}},{{chain}}"determinations":[{{string.Join(',', items)}}]}""");
    }

    private static string Sign(byte[] document, SigningKey key) => DetachedJws.Sign(ContentTypes.Determination, document, key);

    private static Dictionary<string, string> Named(params string[] signatures) => signatures.Select((s, i) => (s, i)).ToDictionary(s => $"{s.i}.jws", s => s.s, StringComparer.Ordinal);

    private static string? Result(IssuedOutcome outcome) => JsonElement.Parse(outcome.Document).GetProperty("result").GetString();

    private static Instant Moment(int month, int day) => Instant.From(new DateTimeOffset(2020, month, day, 8, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>Enters as the command line does: beside the running service, through another connection.</summary>
    private static (Determinations Document, IReadOnlyList<string> Missing) Enter(TestIngest ingest, byte[] document, params SigningKey[] keys)
    {
        using var store = DeterminationStore.Open(ingest.Configuration.DataDirectory, TimeProvider.System);
        var desk = new DeterminationDesk(store, AgreementFolder.Read(ingest.Configuration.AgreementsDirectory), ingest.Configuration.Parties);
        return desk.Enter("d.json", document, Named([.. keys.Select(key => Sign(document, key))]), "test");
    }

    private static async Task<IReadOnlyList<IssuedOutcome>> AssessAsync(TestIngest ingest)
    {
        await ingest.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        return ingest.Host.Outcomes;
    }

    private Envelope Day(int month, int day, string[] values, Instant wall) =>
        _station.Next(new ReadingsBody(Moment(month, day), [.. Parameters.Zip(values, (parameter, value) => TestStation.Reading(parameter, value, Moment(month, day)))]), wall);

    private Task<TestIngest> StartAsync() => TestIngest.StartAsync(
        agreements: _agreements,
        before: host => host.EnrollStation(_station.Id, Section, _station.Key.Public, "test"),
        parties: [new PartyConfiguration("up", _up.Public.Pem), new PartyConfiguration("down", _down.Public.Pem)]);

    private async Task SendAsync(TestIngest ingest, params Envelope[] records)
    {
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _station.Id);
        await client.SendAsync(_station, records);
    }

    /// <summary>August is final and passes; what arrives afterwards would let it fail.</summary>
    private async Task<IssuedOutcome> FinalWithLateDataAsync(TestIngest ingest)
    {
        await SendAsync(ingest, Day(8, 10, Good, Moment(8, 11)), Day(9, 12, Good, Moment(9, 12)));
        var final = Assert.Single(await AssessAsync(ingest));
        Assert.Equal("final", JsonElement.Parse(final.Document).GetProperty("state").GetString());
        await SendAsync(ingest, Day(8, 11, Bad, Moment(9, 13)));
        var with = Assert.Single(await AssessAsync(ingest));
        Assert.Equal(final.Digest, with.Digest);
        Assert.NotNull(with.LateFinding);
        return final;
    }
}
