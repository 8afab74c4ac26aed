using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Checkpoints;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Api;

public sealed class EvidenceApiTests : IAsyncLifetime, IDisposable
{
    private readonly TestStation _station = new("ST-1");
    private readonly HttpClient _http = new();
    private readonly List<Envelope> _sent = [];
    private TestIngest _ingest = null!;
    private Checkpoint _three = null!;
    private Checkpoint _five = null!;

    public async ValueTask InitializeAsync()
    {
        _ingest = await TestIngest.StartAsync(before: host => host.EnrollStation(_station.Id, "河口", _station.Key.Public, "test"));
        _http.BaseAddress = _ingest.Host.HttpAddress;
        _three = await SendAsync(3);
        _five = await SendAsync(2);
    }

    public async ValueTask DisposeAsync() => await _ingest.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _station.Dispose();
    }

    [Fact]
    public async Task Checkpoints_LatestAndBySize_AreTheSignedNotes()
    {
        var latest = SignedCheckpoint.Read(await _http.GetByteArrayAsync(Address("checkpoints/latest"), TestContext.Current.CancellationToken));
        var third = SignedCheckpoint.Read(await _http.GetByteArrayAsync(Address("checkpoints/3"), TestContext.Current.CancellationToken));

        Assert.Equal((_five, _three), (latest.Checkpoint, third.Checkpoint));
        Assert.True(latest.IsSignedBy(_ingest.Host.OperatorKey) && third.IsSignedBy(_ingest.Host.OperatorKey));
        Assert.Equal(("test", "anhui"), (latest.Checkpoint.Origin.Deployment, latest.Checkpoint.Origin.Operator));
        Assert.Equal($$"""[{"log":"{{_five.Origin}}","size":5}]""", await _http.GetStringAsync(Address("logs"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Inclusion_OfEachRecord_LeadsToTheSignedRoot()
    {
        foreach (var (record, i) in _sent.Select((record, i) => (record, i)))
        {
            var answer = JsonElement.Parse(await _http.GetByteArrayAsync(Address($"inclusion/{record.Digest}"), TestContext.Current.CancellationToken));

            Assert.Equal((_five.Origin.ToString(), 5, i, _five.Root.ToString()), (answer.GetProperty("log").GetString(), answer.GetProperty("size").GetInt64(), answer.GetProperty("index").GetInt64(), answer.GetProperty("root").GetString()));
            Assert.Equal(_five.Root, MerkleTree.RootOf(i, 5, MerkleTree.LeafOf(record.Digest), [.. answer.GetProperty("hashes").EnumerateArray().Select(h => Digest.Parse(h.GetString()!))]));
        }
    }

    [Theory]
    [InlineData("consistency?from=3", 3)]
    [InlineData("consistency?from=1&to=3", 1)]
    [InlineData("consistency?from=0", 0)]
    [InlineData("consistency?from=5&to=5", 5)]
    public async Task Consistency_TwoSizes_LeadsFromOneToTheOther(string address, int from)
    {
        var proof = ConsistencyProof.Read("proof", await _http.GetByteArrayAsync(Address(address), TestContext.Current.CancellationToken));
        var to = proof.To == 3 ? _three : _five;

        Assert.True(proof.Holds(to with { Size = from, Root = TestIngest.RootOf(_sent.Take(from).Select(s => s.Digest)) }, to));
    }

    [Fact]
    public async Task Findings_ReceiptsThatContradictTheLog_AreShownWithBothSignedPieces()
    {
        Assert.Equal("[]", await _http.GetStringAsync(Address("findings"), TestContext.Current.CancellationToken));
        using var store = CheckpointStore.Open(_ingest.Configuration.DataDirectory);
        using var other = SigningKey.Create();
        new ReceiptStore(store.Tables).Keep([Receipt(_ingest.Host.Pipeline.Key, "anhui", 2, 2), Receipt(_ingest.Host.Pipeline.Key, "anhui", 9, 9), Receipt(other, "zhejiang", 7, 1), Receipt(other, "zhejiang", 7, 2)]);

        var findings = JsonElement.Parse(await _http.GetByteArrayAsync(Address("findings"), TestContext.Current.CancellationToken)).EnumerateArray().ToList();

        Assert.Equal([("two-roots", "anhui", 2), ("ahead", "anhui", 9), ("two-roots", "zhejiang", 7)], findings.Select(f => (f.GetProperty("finding").GetString()!, f.GetProperty("operator").GetString()!, f.GetProperty("size").GetInt32())));
        Assert.Equal(TestIngest.RootOf(_sent.Take(2).Select(s => s.Digest)).ToString(), findings[0].GetProperty("rootShown").GetString());
        Assert.True(Envelope.TryParse(findings[0].GetProperty("claim").GetBytesFromBase64(), out var claim, out _) && claim.Verify(_ingest.Host.OperatorKey));
        Assert.Equal(_five, SignedCheckpoint.Read(findings[0].GetProperty("shown").GetBytesFromBase64()).Checkpoint);
        Assert.Equal(2, findings[2].GetProperty("words").GetString()!.Split("the receipt ").Length - 1);
    }

    [Theory]
    [InlineData("checkpoints/x", 400, "'x' is not a size")]
    [InlineData("checkpoints/-1", 400, "'-1' is not a size")]
    [InlineData("checkpoints/4", 404, "No checkpoint of 4 records was published")]
    [InlineData("inclusion/abc", 400, "'abc' is not a digest")]
    [InlineData("inclusion/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 404, "is not among the first 5 of the log")]
    [InlineData("inclusion/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855?size=4", 404, "No checkpoint of 4 records")]
    [InlineData("inclusion/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855?sise=4", 400, "'sise' is not a known question")]
    [InlineData("consistency", 400, "from '' is not a size")]
    [InlineData("consistency?from=3&to=4", 404, "No checkpoint of 4 records")]
    [InlineData("consistency?from=3&to=y", 400, "to 'y' is not a size")]
    [InlineData("consistency?from=6", 400, "from 6 is above to 5")]
    [InlineData("consistency?from=3&until=5", 400, "'until' is not a known question")]
    public async Task Get_WhatCannotBeAnswered_SaysWhyAndWhatToDo(string address, int status, string what)
    {
        var answer = await _http.GetAsync(Address(address), TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(((HttpStatusCode)status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains(what, Regex.Unescape(problem), StringComparison.Ordinal);
        Assert.Contains("\"remedy\":", problem, StringComparison.Ordinal);
    }

    private Envelope Receipt(ISigner key, string by, long size, byte root) => Envelope.Sign(
        ContentTypes.Receipt,
        ReceiptCodec.Encode(new Receipt { Deployment = "test", Station = _station.Id, Operator = by, Run = _station.Run, Through = 0, Time = TestStation.Start, LogSize = size, LogRoot = Digest.Of([root]) }),
        key);

    private static Uri Address(string rest) => new("/api/v1/evidence/" + rest, UriKind.Relative);

    private async Task<Checkpoint> SendAsync(int records)
    {
        await using var client = await StationClient.ConnectAsync(_ingest.MqttPort, _ingest.Host.OperatorKey, _station.Id);
        Envelope[] sent = [.. Enumerable.Range(0, records).Select(_ => _station.Next())];
        await client.SendAsync(_station, sent);
        _sent.AddRange(sent);
        return _ingest.Host.Pipeline.Checkpoints.Issue().Checkpoint;
    }
}
