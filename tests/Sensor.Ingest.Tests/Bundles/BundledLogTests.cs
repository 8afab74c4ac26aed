using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Tests.Bundles;

/// <summary>What a bundle shows of the operator's log: its checkpoint, and the receipts that the records name.</summary>
public sealed class BundledLogTests(BundledIngest ingest) : IClassFixture<BundledIngest>
{
    [Fact]
    public void Bundle_AsItIsMade_HoldsASignedCheckpointAndTheReceiptsThatAgree()
    {
        var note = SignedCheckpoint.Read(Member(ingest.Determined, BundleNames.Checkpoint)!.Value);
        var log = BundleVerification.Of(ingest.Determined).Held.Single(c => c.Subject == "log").Words;

        Assert.True(note.IsSignedBy(ingest.Operator.Public));
        Assert.Equal(ingest.Honest.Bytes.ToArray(), Member(ingest.Determined, BundleNames.Receipts)!.Value.ToArray());
        Assert.Contains($"in the evidence log {note.Checkpoint.Origin}, which had {note.Checkpoint.Size} records and the root {note.Checkpoint.Root}", log, StringComparison.Ordinal);
        Assert.EndsWith("; of 2 receipts of this operator that stand for a day, 1 are here and agree, and 1 are not: ask the stations for them", log, StringComparison.Ordinal);
        Assert.Null(Member(ingest.Plain, BundleNames.Receipts));
    }

    [Fact]
    public async Task Verification_OperatorThatSignedTwoHistories_NamesBothSignedPieces()
    {
        var forged = ingest.Forged(ingest.Determined, members => With(members, ingest.Honest, ingest.Lying));
        var path = Path.Combine(ingest.Folder, "forged.bundle");
        await File.WriteAllBytesAsync(path, forged, TestContext.Current.CancellationToken);

        var broken = BundleVerification.Of(forged).Broken!;

        Assert.Equal("log", broken.Subject);
        Assert.StartsWith($"two-roots: anhui signed in the receipt {ingest.Lying.Digest} for ST-1 of ", broken.Words, StringComparison.Ordinal);
        Assert.Contains($"its log had 3 records and the root {Digest.Of([3])}; by the checkpoint of test/anhui/", broken.Words, StringComparison.Ordinal);
        Assert.Equal((1, "DOES NOT HOLD: two roots at 3 records: the operator has signed two histories"), (await PythonVerifier.RunAsync(path)) is var (code, lines) ? (code, lines[^1]) : default);
    }

    [Fact]
    public void Verification_CheckpointThatSaysThatTheLogWasPutBack_TellsIt()
    {
        var note = SignedCheckpoint.Read(Member(ingest.Determined, BundleNames.Checkpoint)!.Value).Checkpoint;
        var put = note with { Continues = new ContinuedLog(LifeId.Create(), 2, Digest.Of([2])) };
        var forged = ingest.Forged(ingest.Determined, members => With([.. members.Select(m => m.Name == BundleNames.Checkpoint ? m with { Content = SignedCheckpoint.Sign(put, ingest.Operator).Bytes } : m)], ingest.Honest, ingest.Lying));

        var report = BundleVerification.Of(forged);

        Assert.True(report.Holds, report.Broken?.Words);
        Assert.Contains("; note: put-back: anhui signed", report.Held.Single(c => c.Subject == "log").Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_CheckpointOfAnotherKeyLogOrSize_DoesNotHold()
    {
        using var stranger = SigningKey.Create();
        var note = SignedCheckpoint.Read(Member(ingest.Plain, BundleNames.Checkpoint)!.Value).Checkpoint;

        Assert.Contains("did not sign", Broken(SignedCheckpoint.Sign(note, stranger)), StringComparison.Ordinal);
        Assert.Contains("is of the log", Broken(SignedCheckpoint.Sign(note with { Origin = note.Origin with { Operator = "zhejiang" } }, ingest.Operator)), StringComparison.Ordinal);
        Assert.Contains("the signed checkpoint 1000", Broken(SignedCheckpoint.Sign(note with { Size = 1000 }, ingest.Operator)), StringComparison.Ordinal);
        Assert.Contains("the signed checkpoint", Broken(SignedCheckpoint.Sign(note with { Root = Digest.Of([1]) }, ingest.Operator)), StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_ReceiptThatNoRecordNamesOrNobodySigned_DoesNotHold()
    {
        Assert.True(ReceiptCodec.TryDecode(ingest.Honest.Payload, out var receipt, out _));

        Assert.Contains("no record names", Broken(ingest.Determined, Envelope.Sign(ContentTypes.Receipt, ReceiptCodec.Encode(receipt with { LogSize = 1 }), ingest.Operator)), StringComparison.Ordinal);
        Assert.Contains("no record names", Broken(ingest.Plain, ingest.Honest), StringComparison.Ordinal);
        Assert.Contains("is empty", Broken(ingest.Plain), StringComparison.Ordinal);
    }

    private string Broken(SignedCheckpoint note) => BundleVerification.Of(ingest.Forged(ingest.Plain, members => members.Select(m => m.Name == BundleNames.Checkpoint ? m with { Content = note.Bytes } : m))).Broken!.Words;

    private string Broken(byte[] bundle, params Envelope[] receipts) => BundleVerification.Of(ingest.Forged(bundle, members => With(members, receipts))).Broken!.Words;

    private static IEnumerable<BundleMember> With(IEnumerable<BundleMember> members, params Envelope[] receipts) =>
        members.Where(m => m.Name != BundleNames.Receipts).Append(new BundleMember(BundleNames.Receipts, EnvelopeSequence.Join([.. receipts.OrderBy(r => r.Digest).Select(r => r.Bytes)])));

    private static ReadOnlyMemory<byte>? Member(byte[] bundle, string name) => BundleContainer.Read(bundle).FirstOrDefault(m => m.Name == name)?.Content;
}
