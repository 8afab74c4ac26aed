using Microsoft.Extensions.Logging.Abstractions;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Gaps;
using Sensor.Ingest.Tests.PowerCuts;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Gaps;

public sealed class GapReaderTests : IDisposable
{
    private static readonly Dictionary<(string, LifeId), long> NoReceipts = [];
    private readonly TestStation _station = new("ST-1");
    private readonly IngestConfiguration _configuration = TestIngest.Configure(new HostedBroker { Port = 1 });
    private readonly EvidenceLog _log;
    private readonly Database _evidence;

    public GapReaderTests()
    {
        _log = EvidenceLog.Open(_configuration.DataDirectory, TimeProvider.System);
        _evidence = Database.OpenForReading(EvidenceLog.PathIn(_configuration.DataDirectory));
    }

    public void Dispose()
    {
        _evidence.Dispose();
        _log.Dispose();
        _station.Dispose();
        Directory.Delete(_configuration.DataDirectory, recursive: true);
    }

    [Fact]
    public void All_BetweenBeforeAndBehind_NamesEachOnce()
    {
        var first = _station.Run;
        Take(1, 2, 5);
        for (var i = 0; i < 4; i++)
        {
            _station.Next();
        }

        _station.Restart(_station.Memory);
        Take(1);

        Assert.Equal(
            [new Gap("ST-1", first, 3, 4, GapSign.Between), new Gap("ST-1", first, 6, 9, GapSign.Successor)],
            new GapReader(_evidence).All(NoReceipts));
    }

    [Fact]
    public void All_ReceiptOfOurOwnWentFurther_NamesTheTailAlsoOfARunThatIsNotHeld()
    {
        Take(1, 2);
        var unknown = LifeId.Create();

        var gaps = new GapReader(_evidence).All(new Dictionary<(string, LifeId), long> { [("ST-1", _station.Run)] = 7, [("ST-1", unknown)] = 3 });

        Assert.Equal([new Gap("ST-1", _station.Run, 3, 7, GapSign.Receipted), new Gap("ST-1", unknown, 1, 3, GapSign.Receipted)], gaps);
    }

    [Fact]
    public void All_SignedLoss_ClosesTheGapAndIsNamedWithItsReason()
    {
        Take(1, 2, 5);
        var loss = _station.Next(new LossBody { Run = _station.Run, First = 3, Last = 4, Count = 2, Reason = LossReason.Age }, TestStation.Start);
        _log.Append([EvidenceChild.Arrival(loss)]);

        Assert.Empty(new GapReader(_evidence).All(NoReceipts));
        Assert.Equal([new ClosedGapView("ST-1", _station.Run.ToString(), 3, 4, 2, "age", 3)], ClosedGapView.All(_evidence));
    }

    [Fact]
    public void Take_ReceiptOfALongerLog_IsNotedAsARestoreOnceAndNamesWhatWasReceipted()
    {
        Take(1, 2);
        var lost = new LostTail(_configuration, _evidence, NullLogger.Instance);
        var receipt = Receipt(through: 9, size: 9, time: 1_000);

        lost.Take([receipt], _log.Checkpoint, new Instant(2_000));
        lost.Take([receipt], _log.Checkpoint, new Instant(3_000));

        Assert.Equal(9, lost.Receipted[("ST-1", _station.Run)]);
        Assert.Equal([new RestoreNote(new Instant(2_000), _log.Checkpoint)], new RestoreNotes(_evidence).All());
    }

    [Fact]
    public void Take_ReceiptOfThisLog_NotesNothing()
    {
        Take(1, 2);
        new LostTail(_configuration, _evidence, NullLogger.Instance).Take([Receipt(2, 2, 1_000) with { LogRoot = _log.Checkpoint.Root }, Receipt(1, 1, 900)], _log.Checkpoint, new Instant(2_000));

        Assert.Empty(new RestoreNotes(_evidence).All());
    }

    [Fact]
    public void Take_ReceiptOfAnotherLogOfThisSize_IsNotedAsARestore()
    {
        Take(1, 2);
        new LostTail(_configuration, _evidence, NullLogger.Instance).Take([Receipt(2, 2, 1_000)], _log.Checkpoint, new Instant(2_000));

        Assert.Single(new RestoreNotes(_evidence).All());
    }

    /// <summary>Signs records up to the last of some and lets those alone arrive.</summary>
    private void Take(params long[] sequences)
    {
        while (_station.Sequence < sequences[^1])
        {
            var record = _station.Next();
            if (sequences.Contains(_station.Sequence))
            {
                _log.Append([EvidenceChild.Arrival(record)]);
            }
        }
    }

    private Receipt Receipt(long through, long size, long time) => new()
    {
        Deployment = "test", Station = "ST-1", Operator = "anhui", Run = _station.Run, Through = through, ThroughDigest = Digest.Of([1]),
        Time = new Instant(time), LogSize = size, LogRoot = Digest.Of([2]),
    };
}
