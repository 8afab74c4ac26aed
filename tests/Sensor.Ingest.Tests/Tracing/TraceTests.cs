using System.Diagnostics;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Tests.Support;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Tracing;

/// <summary>One record followed from its message to its outcome, and back.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly string _agreements = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
    private readonly TestStation _station = new("ST-TRACED");
    private readonly RecordedSpans _spans = new();

    public TraceTests() => File.Copy(Repository.PathOf("tests/cases/assessments/synthetic-round-3-bonus/agreement.json"), Path.Combine(_agreements, "case.json"));

    [Fact]
    public async Task Outcome_OfOneRecord_LinksBackToItsMessage()
    {
        await using var ingest = await StartAsync();
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _station.Id);
        await client.SendAsync(_station, TracedRecord.Of(_station));
        await Until.True(() => Issued().Count == 1, "the span of the outcome");

        var issued = Issued()[0];
        var assessed = await _spans.ParentOf(issued);
        var evaluated = await _spans.ParentOf(assessed);
        var committed = Assert.Single(await _spans.CausesOf(evaluated));
        var received = Assert.Single(await _spans.CausesOf(committed));

        Assert.Equal(["issue outcome", "assess section", "evaluate", "commit evidence", "receive message"], new[] { issued, assessed, evaluated, committed, received }.Select(s => s.OperationName));
        Assert.Equal((_station.Id, _station.Run.ToString(), 1L, 1L), (Tag(received, "waterwatch.station"), Tag(received, "waterwatch.run"), Tag(received, "waterwatch.sequence.first"), Tag(received, "waterwatch.sequence.last")));
        Assert.NotNull(Tag(evaluated, "waterwatch.stations"));
        Assert.Equal(("河口", "2020-08", Assert.Single(ingest.Host.Outcomes).Digest.ToString()), (Tag(issued, "waterwatch.section"), Tag(issued, "waterwatch.window"), Tag(issued, "waterwatch.outcome")));
        Assert.Equal([$"{_station.Id}/{_station.Run}/1"], (string[])Tag(issued, "waterwatch.cut")!);
        Assert.Equal(ActivityKind.Consumer, received.Kind);
    }

    [Fact]
    public async Task Receipt_OfOneRecord_LinksToTheCommit()
    {
        await using var ingest = await StartAsync();
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _station.Id);
        await client.SendAsync(_station, TracedRecord.Of(_station));
        await client.Receipted(_station.Run, 1);
        await Until.True(() => Receipts().Count == 1, "the span of the receipt");

        var committed = Assert.Single(await _spans.CausesOf(Receipts()[0]));

        Assert.Equal(("commit evidence", 1, 1L), (committed.OperationName, Tag(committed, "waterwatch.new"), Tag(committed, "waterwatch.log.size")));
    }

    [Fact]
    public async Task Message_WrongSignature_IsTracedWithTheReason()
    {
        await using var ingest = await StartAsync();
        await using var client = await StationClient.ConnectAsync(ingest.MqttPort, ingest.Host.OperatorKey, _station.Id);
        var bytes = _station.Next().Bytes.ToArray();
        bytes[^1] ^= 1;
        await client.PublishAsync(Topics.Records(_station.Id), bytes);
        await Until.True(() => Messages().Count == 1, "the span of the message");

        var refused = Assert.Single(Messages()[0].Events);

        Assert.Equal(("refused", "signature"), (refused.Name, refused.Tags.Single().Value));
    }

    public void Dispose()
    {
        _spans.Dispose();
        _station.Dispose();
        Directory.Delete(_agreements, recursive: true);
    }

    private List<Activity> Issued() => [.. _spans.Named("issue outcome").Where(span => ((string[])Tag(span, "waterwatch.cut")!).Any(run => run.Contains(_station.Run.ToString(), StringComparison.Ordinal)))];

    private List<Activity> Receipts() => [.. _spans.Named("publish receipt").Where(span => (string?)Tag(span, "waterwatch.run") == _station.Run.ToString())];

    // A refused message names no run; no other test uses this station.
    private List<Activity> Messages() => [.. _spans.Named("receive message").Where(span => (string?)Tag(span, "messaging.destination.name") == Topics.Records(_station.Id) && span.Events.Any())];

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);

    private Task<TestIngest> StartAsync() => TestIngest.StartAsync(agreements: _agreements, before: host => host.EnrollStation(_station.Id, "河口", _station.Key.Public, "test"));
}
