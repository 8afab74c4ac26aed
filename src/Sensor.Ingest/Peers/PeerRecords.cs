using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Peers;

/// <summary>Fetches from another operator the records of known stations that are missing here. Stations signed them: who delivers them does not matter.</summary>
/// <remarks>One round at a time.</remarks>
/// <param name="name">The other operator.</param>
/// <param name="client">Asks it.</param>
/// <param name="covered">What is held here of a run.</param>
/// <param name="isKnown">Whether a station is enrolled here.</param>
/// <param name="take">Takes envelopes as if a station had sent them; its task ends when they are durable.</param>
/// <param name="logger">Says what another operator promises and does not give.</param>
internal sealed class PeerRecords(string name, PeerClient client, Func<string, LifeId, SequenceSet> covered, Func<string, bool> isKnown, Func<IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task> take, ILogger logger)
{
    private readonly HashSet<(string Station, LifeId Run, SequenceRange Range)> _fruitless = [];
    private long _from;

    /// <summary>Fetches what is missing of the runs that grew there since the last round.</summary>
    public async Task RoundAsync(CancellationToken stop)
    {
        var runs = await client.RunsAsync(_from, stop);
        if (runs.Size < _from)
        {
            // It lost a part of its log: everything is compared again.
            runs = await client.RunsAsync(0, stop);
        }

        foreach (var run in runs.Runs.Where(r => isKnown(r.Station)))
        {
            foreach (var range in run.Covered.Without(covered(run.Station, run.Run)).ToList())
            {
                await FetchAsync(run, range, stop);
            }
        }

        _from = runs.Size;
    }

    private async Task FetchAsync(PeerRun run, SequenceRange range, CancellationToken stop)
    {
        if (_fruitless.Contains((run.Station, run.Run, range)))
        {
            return;
        }

        for (var rest = range; rest.First <= rest.Last;)
        {
            var records = EnvelopeFile.Split(await client.RecordsAsync(run.Station, run.Run, rest, stop)).ToList();
            await take(records, stop);
            if (records.Count == 0 || LastOf(records) is not { } last || last < rest.First)
            {
                break;
            }

            rest = new SequenceRange(last + 1, rest.Last);
        }

        var missing = run.Covered.Without(covered(run.Station, run.Run)).FirstOrDefault(r => r.First <= range.Last && r.Last >= range.First);
        if (missing is not null)
        {
            _fruitless.Add((run.Station, run.Run, range));
            logger.LogWarning(
                "Operator {Peer} says that it holds records {First} to {Last} of run {Run} of {Station} or knows them as lost, and what it gives does not show it", name, missing.First, missing.Last, run.Run, run.Station);
        }
    }

    private static long? LastOf(List<ReadOnlyMemory<byte>> records) =>
        Envelope.TryParse(records[^1], out var envelope, out _) && RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) ? decoded.Header.Sequence : null;
}
