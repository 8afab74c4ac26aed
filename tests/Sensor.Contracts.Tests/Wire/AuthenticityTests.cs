using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class AuthenticityTests
{
    [Fact]
    public void Judge_ChainWhoseLastSignatureHolds_IsAuthentic()
    {
        var chain = Chain(5);
        var broken = chain.Select((c, i) => i < 4 ? WithoutSignature(c) : c).ToList();

        Assert.Equal([true, true, true, true, true], Judge(broken));
        Assert.Equal([true, true, true, true, true], Judge([.. Enumerable.Reverse(broken)]));
    }

    [Fact]
    public void Judge_BrokenSignatureAtTheEnd_CostsOnlyItself()
    {
        var chain = Chain(4);
        chain[3] = WithoutSignature(chain[3]);
        Assert.Equal([true, true, true, false], Judge(chain));
    }

    [Fact]
    public void Judge_GapInTheChain_DoesNotCarryOver()
    {
        var chain = Chain(5);
        chain[0] = WithoutSignature(chain[0]);
        chain.RemoveAt(1);
        Assert.Equal([false, true, true, true], Judge(chain));
    }

    [Fact]
    public void Judge_PreviousDigestOfAnotherRecord_DoesNotVouchForThisOne()
    {
        var chain = Chain(3);
        var other = Some.Envelope(Some.Record(sequence: 1) with { Wall = new Instant(7) });
        chain[0] = WithoutSignature((other, Header(other)));
        Assert.Equal([false, true, true], Judge(chain));
    }

    [Fact]
    public void Judge_SuccessorSignedByAnotherKey_DoesNotVouch()
    {
        var chain = Chain(2);
        var bySomeoneElse = Envelope.Sign(ContentTypes.Record, chain[1].Envelope.Payload, Some.OperatorKey);
        chain[0] = WithoutSignature(chain[0]);
        chain[1] = (bySomeoneElse, chain[1].Header);
        Assert.Equal([false, true], Judge(chain));
    }

    [Fact]
    public void Judge_UnknownKey_IsNotAuthentic() => Assert.Equal([false, false], Authenticity.Judge(Chain(2), _ => null));

    [Fact]
    public void Judge_SameRecordWithBrokenSignatureTwice_FollowsTheChain()
    {
        var chain = Chain(2);
        chain.Add(WithoutSignature(chain[0]));
        Assert.Equal([true, true, true], Judge(chain));
    }

    private static IReadOnlyList<bool> Judge(List<(Envelope, RecordHeader)> records) =>
        Authenticity.Judge(records, id => new[] { Some.StationKey.Public, Some.OperatorKey.Public }.FirstOrDefault((PublicKey key) => key.Id == id));

    private static List<(Envelope Envelope, RecordHeader Header)> Chain(int count)
    {
        var chain = new List<(Envelope, RecordHeader)>();
        Digest? previous = null;
        for (var sequence = 1; sequence <= count; sequence++)
        {
            var record = Some.Record(sequence: sequence);
            var envelope = Some.Envelope(record with { Header = record.Header with { Previous = previous } });
            chain.Add((envelope, Header(envelope)));
            previous = envelope.Digest;
        }

        return chain;
    }

    private static RecordHeader Header(Envelope envelope) => RecordCodec.TryDecode(envelope.Payload, out var decoded, out _) ? decoded.Header : throw new InvalidDataException();

    private static (Envelope Envelope, RecordHeader Header) WithoutSignature((Envelope Envelope, RecordHeader Header) record)
    {
        var bytes = record.Envelope.Bytes.ToArray();
        bytes.AsSpan(^64).Fill(1);
        return (Some.Parsed(bytes), record.Header);
    }
}
