using System.Numerics;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Receiving;

/// <summary>Everything bad that can arrive, through both kinds of broker: each ends as it should and costs nobody else anything.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Receive_EveryKindOfBadInputAmongGood_RefusesItAloneWithItsReason(bool hosted)
    {
        using var station = new TestStation("ST-1");
        using var other = new TestStation("ST-2");
        await using var ingest = await TestIngest.StartAsync(hosted, before: host =>
        {
            host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test");
            host.EnrollStation(other.Id, "Elsewhere", other.Key.Public, "test");
        });
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        var good = Enumerable.Range(0, 4).Select(_ => station.Next()).ToList();

        await client.SendAsync(station, good[0].Bytes, Changed(good[1], ^1), good[1].Bytes);
        await client.SendAsync(station, good[2].Bytes, good[3].Bytes[..^10]);
        await client.SendAsync(station, Reencoded(good[3]));
        await client.SendAsync(station, Envelope.Sign(ContentTypes.Receipt, good[3].Payload, station.Key));
        await client.SendAsync(other, good[3]);
        await client.SendAsync(station, Envelope.Sign(ContentTypes.Record, new byte[] { 0xA0 }, station.Key));
        await client.SendAsync(station, new TestStation(station.Id, "elsewhere").Next());
        await client.PublishAsync(Topics.Records(station.Id), new byte[WireLimits.Message + 1]);
        await client.PublishAsync(Topics.Records(station.Id), [0xFF]);
        await client.SendAsync(station, other.Sign(TestStation.Readings("1", TestStation.Start), 1).Bytes);
        await client.SendAsync(station, FlippedS(good[3]));
        await client.SendAsync(station, good[3]);

        await client.Receipted(station.Run, 4);
        await Until.True(() => ingest.Refusals().Count == 10, $"every refusal; got {string.Join(", ", ingest.Refusals())}");
        Assert.Equal(
            ["content-type", "deployment", "outer-form", "outer-form", "outer-form", "payload", "signature", "station", "station", "too-large"],
            ingest.Refusals().Order(StringComparer.Ordinal));
        Assert.Equal(good.Select(e => e.Digest), ingest.Digests());
        Assert.Equal(TestIngest.RootOf(good.Select(e => e.Digest)), ingest.Host.EvidenceRoot);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Receive_TenMegabytes_LeavesOthersUntouched(bool hosted)
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(hosted, before: host => host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test"));
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        await using var big = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);

        var sent = big.PublishAsync(Topics.Records(station.Id), new byte[10 << 20]);
        await client.SendAsync(station, station.Next(), station.Next());
        await sent;

        await client.Receipted(station.Run, 2);
        await client.SendAsync(station, station.Next());
        await client.Receipted(station.Run, 3);
        if (hosted)
        {
            // A broker of somebody else's is told our largest packet and keeps this one to itself.
            await Until.True(() => ingest.Refusals().SequenceEqual(["too-large"]), "the refusal");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Receive_ReplayedRecord_IsReceiptedAgainAndStoredOnce(bool hosted)
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(hosted, before: host => host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test"));
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        var record = station.Next();

        await client.SendAsync(station, record);
        await client.Receipted(station.Run, 1);
        var before = client.Receipts.Count;
        await client.SendAsync(station, record);
        await Until.True(() => client.Receipts.Count > before, "a second receipt");

        Assert.Equal(1, ingest.Host.EvidenceSize);
        Assert.All(client.Receipts, r => Assert.Equal((1, record.Digest, 1), (r.Through, r.ThroughDigest, r.LogSize)));
    }

    [Fact]
    public async Task Receive_DamagedSignatureInsideAChainOfOneMessage_IsAuthentic()
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(before: host => host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test"));
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        var (first, second) = (station.Next(), station.Next());

        await client.SendAsync(station, Changed(first, ^1));
        Assert.Equal(["signature"], ingest.Refusals());
        await client.SendAsync(station, Changed(first, ^1), second.Bytes);

        await client.Receipted(station.Run, 2);
        Assert.Equal([first.Digest, second.Digest], ingest.Digests());
    }

    [Fact]
    public async Task Receive_LaterVersion_IsStoredUnmappedAndReceipted()
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(before: host => host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test"));
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);

        await client.SendAsync(station, station.SignLaterVersion());

        await client.Receipted(station.Run, 1);
        Assert.Equal("record format version 2 is not known here", Assert.Single(ingest.Evidence.Query("SELECT unmapped FROM evidence", row => row.GetString(0))));
        Assert.Equal(0, ingest.Evidence.Number("SELECT count(*) FROM observation"));
    }

    [Fact]
    public async Task Receive_RevokedKey_IsRefused()
    {
        using var station = new TestStation("ST-1");
        await using var ingest = await TestIngest.StartAsync(before: host => host.EnrollStation(station.Id, "Jiekou", station.Key.Public, "test"));
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, station.Id);
        await client.SendAsync(station, station.Next());
        await client.Receipted(station.Run, 1);

        ingest.Host.Pipeline.Registry.Revoke(station.Key.Public.Id, Instant.From(TimeProvider.System.GetUtcNow()), "test");
        ingest.Host.Pipeline.Watch.Reload();
        await client.SendAsync(station, station.Next());

        Assert.Equal(["key-not-allowed"], ingest.Refusals());
        Assert.Equal(1, ingest.Host.EvidenceSize);
    }

    private static ReadOnlyMemory<byte> Changed(Envelope envelope, Index at)
    {
        var bytes = envelope.Bytes.ToArray();
        bytes[at] ^= 1;
        return bytes;
    }

    // The same item with the array of four in an indefinite length: an equal meaning, another form.
    private static ReadOnlyMemory<byte> Reencoded(Envelope envelope)
    {
        var bytes = envelope.Bytes.ToArray();
        Assert.Equal([0xD2, 0x84], bytes.AsSpan(..2).ToArray());
        return (byte[])[0xD2, 0x9F, .. bytes[2..], 0xFF];
    }

    private static ReadOnlyMemory<byte> FlippedS(Envelope envelope)
    {
        var order = new BigInteger(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
        var bytes = envelope.Bytes.ToArray();
        var s = order - new BigInteger(bytes.AsSpan(^32..), isUnsigned: true, isBigEndian: true);
        var flipped = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.AsSpan(^32..).Clear();
        flipped.CopyTo(bytes.AsSpan(bytes.Length - flipped.Length));
        return bytes;
    }
}
