using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Outbox;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>Starts the station on what a cut left and says everything that does not hold.</summary>
internal sealed class CutCheck(CutTrial trial, IReadOnlyList<Acknowledged> acknowledged)
{
    /// <summary>Signatures that were found true; the same record is seen after many cuts.</summary>
    private readonly HashSet<Digest> _verified = [];

    /// <param name="folder">The data directory as the cut left it.</param>
    /// <param name="position">How much of the log was written before the cut.</param>
    public List<string> Findings(string folder, long position)
    {
        var configuration = trial.Configuration(folder);
        try
        {
            using var outbox = Some.Outbox(configuration, trial.Key);
            outbox.Append(Some.Body());
        }
        catch (EdgeException e)
        {
            return ["the station does not start: " + e.Message];
        }

        var kept = acknowledged.Where(a => a.Position <= position).ToArray();
        var records = Chain.Envelopes(configuration.OutboxFile).ConvertAll(Decode);
        var gone = new CutGaps(configuration.OutboxFile);
        return [.. Chained(records, gone), .. Lost(records, kept, gone), .. Twice(records), .. Receipts(configuration.OutboxFile, kept)];
    }

    private (RecordHeader Header, Digest Digest) Decode(byte[] bytes)
    {
        Assert.True(Envelope.TryParse(bytes, out var envelope, out _));
        Assert.True(_verified.Contains(Digest.Of(bytes)) || envelope.Verify(trial.Key.Public));
        _verified.Add(Digest.Of(bytes));
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return (decoded.Header, envelope.Digest);
    }

    private static IEnumerable<string> Chained(List<(RecordHeader Header, Digest Digest)> records, CutGaps gone)
    {
        var before = default((RecordHeader Header, Digest Digest));
        foreach (var record in records)
        {
            var holds = record.Header.Sequence == 1
                ? record.Header.PreviousRun == (before.Header is null ? null : new PreviousRun(before.Header.Run, before.Header.Sequence, before.Digest))
                : record.Header.Run == before.Header?.Run && record.Header.Sequence == before.Header.Sequence + 1 && record.Header.Previous == before.Digest;
            if (!holds && !gone.Explains(record.Header.Run, record.Header.Sequence - 1))
            {
                yield return $"the chain is broken at {record.Header.Run} {record.Header.Sequence}";
            }

            before = record;
        }
    }

    private static IEnumerable<string> Lost(List<(RecordHeader Header, Digest Digest)> records, Acknowledged[] kept, CutGaps gone)
    {
        var held = records.Select(r => (r.Header.Run, r.Header.Sequence, r.Digest)).ToHashSet();
        return kept.Where(a => !a.IsReceipt && !held.Contains((a.Run, a.Sequence, a.Digest)) && !gone.Explains(a.Run, a.Sequence)).Select(a => $"lost record {a}");
    }

    /// <summary>Over all that was ever acknowledged, after this cut or another: an identity stands for one digest.</summary>
    private IEnumerable<string> Twice(List<(RecordHeader Header, Digest Digest)> records)
    {
        var said = acknowledged.Where(a => !a.IsReceipt).ToDictionary(a => (a.Run, a.Sequence), a => a.Digest);
        return records.Where(r => said.TryGetValue((r.Header.Run, r.Header.Sequence), out var digest) && digest != r.Digest).Select(r => $"signed twice {r.Header.Run} {r.Header.Sequence}")
            .Concat(records.GroupBy(r => (r.Header.Run, r.Header.Sequence)).Where(g => g.Count() > 1).Select(g => $"stored twice {g.Key}"));
    }

    private static string[] Receipts(string outboxFile, Acknowledged[] kept)
    {
        using var connection = OutboxDatabase.OpenReader(outboxFile);
        var through = connection.Rows(
            r => (Key: (r.GetString(0), new LifeId(r.Bytes(1))), Covered: Coverage.Unpack(r.Bytes(2))),
            "SELECT operator, id, covered FROM receipt JOIN run ON run = number").ToDictionary(row => row.Key, row => row.Covered);
        return [.. kept.Where(a => a.IsReceipt && !(through.TryGetValue((a.Operator, a.Run), out var covered) && covered.Contains(a.Sequence))).Select(a => $"lost receipt {a}")];
    }
}
