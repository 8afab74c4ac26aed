using System.Text;
using System.Text.Json.Nodes;
using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Peers;
using Sensor.Ingest.Tests.Bundles;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Peers;

/// <summary>One of the two operators cheats, with its own key; the other one says how, and shows what was signed.</summary>
public sealed class DishonestOperatorTests : IAsyncLifetime
{
    private readonly DishonestProxy _proxy = new();
    private TwoOperators _both = null!;
    private Digest _honest;
    private byte[] _document = [];
    private byte[] _bundle = [];

    public async ValueTask InitializeAsync()
    {
        _both = await TwoOperators.StartAsync(stations: 1, zhejiang: _proxy.Url);
        _proxy.Behind = _both.Zhejiang.Host.HttpAddress;
        var records = Enumerable.Range(10, 3).Select(day => TwoOperators.Day(_both.Stations[0], 8, day)).Append(TwoOperators.Day(_both.Stations[0], 9, 12)).ToArray();
        await _both.SendToBothAsync(_both.Stations[0], records);
        await Task.WhenAll(_both.Anhui.Holds(4), _both.Zhejiang.Holds(4));
        await _both.Anhui.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        await _both.Zhejiang.Host.AssessNowAsync(TestContext.Current.CancellationToken);
        _honest = _both.Zhejiang.Host.Outcomes.Single(o => o.Window == "2020-08").Digest;
        _document = await BehindAsync($"/api/v1/outcomes/{_honest}");
        _bundle = await BehindAsync($"/api/v1/outcomes/{_honest}.bundle");
    }

    public async ValueTask DisposeAsync()
    {
        await _both.DisposeAsync();
        _proxy.Dispose();
    }

    [Fact]
    public async Task Rounds_Honest_Agree()
    {
        await RoundAsync();

        Assert.Equal((PeerState.Agreed, _honest), (_both.August.State, _both.August.Theirs));
    }

    [Fact]
    public async Task Rounds_OutcomeThatItsRecordsDoNotComeTo_AreADisputeThatNamesTheMoneyAndTheFault()
    {
        var forged = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_document).Replace("\"amount\":{\"currency\":\"CNY\",\"value\":\"200\"},\"bonus\"", "\"amount\":{\"currency\":\"CNY\",\"value\":\"900\"},\"bonus\"", StringComparison.Ordinal));
        Assert.NotEqual(_document, forged);
        SayInstead(forged, members => members);

        await RoundAsync();

        Assert.Equal((PeerState.Disputed, Digest.Of(forged)), (_both.August.State, _both.August.Theirs));
        Assert.Contains("recomputation: payment: the records of the bundle come to something else", _both.August.Fault, StringComparison.Ordinal);
        Assert.Equal("700", _both.August.Effect!.Value.ToString());
    }

    [Fact]
    public async Task Rounds_RecordDropped_AreADisputeThatNamesTheRecord()
    {
        var cut = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_document).Replace("\"repeats\":0", "\"repeats\":1", StringComparison.Ordinal));
        SayInstead(cut, members => members.Select(m => m.Name != BundleNames.Records ? m : m with { Content = EnvelopeSequence.Join([.. EnvelopeFile.Split(m.Content).Where((_, i) => i != 1)]) }));

        await RoundAsync();

        Assert.Equal(PeerState.Disputed, _both.August.State);
        Assert.Contains($"records 2 to 2 of run {_both.Stations[0].Run} of ST-1 are missing and no signed loss says why", _both.August.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rounds_RecordInvented_AreADisputeThatNamesTheRecord()
    {
        using var stranger = new TestStation("ST-1");
        var invented = TwoOperators.Day(stranger, 8, 20, "9.90");
        var cut = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_document).Replace("\"repeats\":0", "\"repeats\":1", StringComparison.Ordinal));
        SayInstead(cut, members => members.Select(m => m.Name != BundleNames.Records ? m : m with { Content = EnvelopeSequence.Join(InOrder([.. EnvelopeFile.Split(m.Content), invented.Bytes])) }));

        await RoundAsync();

        Assert.Contains($"record 1 of run {stranger.Run} of ST-1: no key that is enrolled for ST-1 and in the bundle signed it", _both.August.Fault, StringComparison.Ordinal);
        Assert.Equal(4, _both.Anhui.Host.EvidenceSize);
    }

    [Fact]
    public async Task Rounds_TwoHistoriesSigned_AreBothKeptAndNamed()
    {
        await RoundAsync();
        var second = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_document).Replace("\"repeats\":0", "\"repeats\":1", StringComparison.Ordinal));
        SayInstead(second, members => members);

        await RoundAsync();

        Assert.Equal(PeerState.Disputed, _both.August.State);
        Assert.Equal(new[] { _honest, Digest.Of(second) }.Order(), _both.August.Histories.Order());
        using var http = new HttpClient { BaseAddress = _both.Anhui.Host.HttpAddress };
        foreach (var digest in _both.August.Histories)
        {
            var document = await http.GetByteArrayAsync(new Uri($"/api/v1/peers/zhejiang/outcomes/{digest}", UriKind.Relative), TestContext.Current.CancellationToken);
            var jws = await http.GetStringAsync(new Uri($"/api/v1/peers/zhejiang/outcomes/{digest}.jws", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(DetachedJws.Parse(jws).Holds(document, ContentTypes.Outcome, _both.ZhejiangKey.Public), "what it signed is kept with its signature");
        }
    }

    [Fact]
    public async Task Rounds_SignatureOfSomebodyElse_IsRefusedByName()
    {
        using var other = SigningKey.Create();
        _proxy.Says = (path, said) => path.EndsWith(".jws", StringComparison.Ordinal) ? Encoding.ASCII.GetBytes(DetachedJws.Sign(ContentTypes.Outcome, _document, other)) : said;

        var refused = await Assert.ThrowsAsync<PeerException>(RoundAsync);

        Assert.Contains($"zhejiang gives for its outcome {_honest} bytes or a signature that are not its own", refused.Message, StringComparison.Ordinal);
        Assert.Equal(PeerState.Proposed, _both.August.State);
    }

    [Fact]
    public async Task Rounds_OutcomeWithheld_AreProposed()
    {
        _proxy.Says = (path, said) => path is "/api/v1/outcomes" or "/api/v1/windows" ? "[]"u8.ToArray() : said;

        await RoundAsync();

        Assert.Equal((PeerState.Proposed, null), (_both.August.State, _both.August.Theirs));
    }

    [Fact]
    public async Task Rounds_AnotherKeyAtTheAddress_IsRefusedBeforeAnythingIsTaken()
    {
        _proxy.Says = (path, said) => path == "/api/v1/operator" ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(said!).Replace(_both.ZhejiangKey.Public.Id.ToString(), Digest.Of([1]).ToString(), StringComparison.Ordinal)) : said;

        var refused = await Assert.ThrowsAsync<PeerException>(RoundAsync);

        Assert.Contains("is not zhejiang of test", refused.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> InOrder(IEnumerable<ReadOnlyMemory<byte>> envelopes) =>
        [.. envelopes.OrderBy(e => Envelope.TryParse(e, out var envelope, out _) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) ? (decoded.Header.Run, decoded.Header.Sequence) : default)];

    private Task RoundAsync() => _both.Anhui.Host.Pipeline.Peers.RoundAsync(TestContext.Current.CancellationToken);

    private async Task<byte[]> BehindAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = _both.Zhejiang.Host.HttpAddress };
        return await http.GetByteArrayAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    /// <summary>Zhejiang issues another outcome of August in place of its own, all signed with its key.</summary>
    private void SayInstead(byte[] document, Func<IEnumerable<BundleMember>, IEnumerable<BundleMember>> change)
    {
        var (digest, jws) = (Digest.Of(document), Encoding.ASCII.GetBytes(DetachedJws.Sign(ContentTypes.Outcome, document, _both.ZhejiangKey)));
        var bundle = BundledIngest.Forged(_bundle, _both.ZhejiangKey, members => change(members.Select(m => m.Name switch
        {
            BundleNames.Outcome => m with { Content = document },
            BundleNames.OutcomeSignature => m with { Content = jws },
            _ => m,
        })));
        _proxy.Says = (path, said) => path switch
        {
            "/api/v1/outcomes" or "/api/v1/windows" => Encoding.UTF8.GetBytes(JsonNode.Parse(said)!.ToJsonString().Replace(_honest.ToString(), digest.ToString(), StringComparison.Ordinal)),
            _ when path == $"/api/v1/outcomes/{digest}" => document,
            _ when path == $"/api/v1/outcomes/{digest}.jws" => jws,
            _ when path == $"/api/v1/outcomes/{digest}.bundle" => bundle,
            _ => said,
        };
    }
}
