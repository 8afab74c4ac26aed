using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Outbox;

/// <summary>What an outbox holds that was saved from a damaged one: records of earlier runs, then the run that went on.</summary>
internal sealed record SalvagedOutbox(IReadOnlyList<StationRecord> Kept, IReadOnlyList<StationRecord> After, IReadOnlyList<Digest> Digests)
{
    public IReadOnlyList<LossBody> Losses => [.. After.Select(r => r.Body).OfType<LossBody>()];

    public static SalvagedOutbox Of(string file)
    {
        var read = Chain.Envelopes(file).Select(Read).ToList();
        var boot = read.FindIndex(r => r.Record.Body is EventBody { Event.Note: not null });
        return new SalvagedOutbox([.. read.Take(boot).Select(r => r.Record)], [.. read.Skip(boot).Select(r => r.Record)], [.. read.Take(boot).Select(r => r.Digest)]);
    }

    /// <summary>Every record kept is one that was signed, and what is missing before the last one kept is exactly what the losses name.</summary>
    public void CheckAgainst(IReadOnlyList<(long Sequence, Digest Digest)> signed, LifeId run)
    {
        Assert.All(Kept.Zip(Digests), kept => Assert.Contains((kept.First.Header.Sequence, kept.Second), signed));
        var last = Kept.Count > 0 ? Kept[^1].Header.Sequence : 0;
        var missing = signed.Select(s => s.Sequence).Where(s => s <= last).Except(Kept.Select(r => r.Header.Sequence));
        Assert.Equal(missing, Losses.SelectMany(loss => Enumerable.Range((int)loss.First, (int)loss.Count).Select(s => (long)s)));
        Assert.All(Losses, loss => Assert.Equal((run, LossReason.Corruption), (loss.Run, loss.Reason)));
        Assert.Contains("is not known", Assert.IsType<EventBody>(After[0].Body).Event.Note, StringComparison.Ordinal);
    }

    private static (StationRecord Record, Digest Digest) Read(byte[] bytes)
    {
        Assert.True(Envelope.TryParse(bytes, out var envelope, out _));
        Assert.True(RecordCodec.TryDecode(envelope.Payload, out var decoded, out _));
        return (decoded.Record!, envelope.Digest);
    }
}
