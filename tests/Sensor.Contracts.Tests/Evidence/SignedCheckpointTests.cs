using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;

namespace Sensor.Contracts.Tests.Evidence;

public sealed class SignedCheckpointTests : IDisposable
{
    private static readonly LifeId Log = LifeId.Parse("000102030405060708090a0b0c0d0e0f");
    private static readonly Digest Root = Digest.Parse("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    private static readonly Checkpoint Plain = new(new LogOrigin("xinanjiang", "zhejiang", Log), 20_852_163, Root);
    private readonly SigningKey _key = SigningKey.Create();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Text_OfACheckpoint_IsTheLinesOfTheSpecification()
    {
        Assert.Equal("xinanjiang/zhejiang/000102030405060708090a0b0c0d0e0f\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", Plain.Text);
        Assert.EndsWith("\ncontinues 000102030405060708090a0b0c0d0e0f 7 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", (Plain with { Continues = new ContinuedLog(Log, 7, Root) }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_Checkpoint_IsANoteThatOthersVerifyByTheSpecification()
    {
        var note = Encoding.UTF8.GetString(SignedCheckpoint.Sign(Plain, _key).Bytes.Span);
        var line = note[(Plain.Text.Length + 1)..];
        var raw = Convert.FromBase64String(line.Split(' ')[2].TrimEnd('\n'));
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(_key.Public.SubjectPublicKeyInfo.Span, out _);

        Assert.Equal($"{Plain.Text}\n", note[..(Plain.Text.Length + 1)]);
        Assert.StartsWith($"— {Plain.Origin} ", line, StringComparison.Ordinal);
        Assert.Equal(SHA256.HashData(_key.Public.SubjectPublicKeyInfo.Span)[..4], raw[..4]);
        Assert.True(ecdsa.VerifyData(Encoding.UTF8.GetBytes(Plain.Text), raw[4..], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void Read_WhatWasSigned_GivesItBackAndKnowsWhoSigned()
    {
        using var other = SigningKey.Create();
        foreach (var checkpoint in new[] { Plain, Plain with { Size = 0, Continues = new ContinuedLog(Log, 0, Root) } })
        {
            var signed = SignedCheckpoint.Sign(checkpoint, _key);
            var read = SignedCheckpoint.Read(signed.Bytes);

            Assert.Equal(checkpoint, read.Checkpoint);
            Assert.True(read.IsSignedBy(_key.Public));
            Assert.False(read.IsSignedBy(other.Public));
        }
    }

    [Fact]
    public void Read_AnySignatureOfMany_HoldsInItsDerForm()
    {
        // Numbers with leading zeros and with a set high bit have other lengths.
        for (var size = 0; size < 600; size++)
        {
            Assert.True(SignedCheckpoint.Read(SignedCheckpoint.Sign(Plain with { Size = size }, _key).Bytes).IsSignedBy(_key.Public));
        }
    }

    [Fact]
    public void Read_SignaturesOfWitnessesBeside_AreKeptApart()
    {
        var note = Encoding.UTF8.GetString(SignedCheckpoint.Sign(Plain, _key).Bytes.Span);
        var witnessed = SignedCheckpoint.Read(Encoding.UTF8.GetBytes($"{note}— witness.example/1 {Convert.ToBase64String(new byte[80])}\n"));

        Assert.True(witnessed.IsSignedBy(_key.Public));
        Assert.False(SignedCheckpoint.TryRead(Encoding.UTF8.GetBytes(note + string.Concat(Enumerable.Repeat(note[(Plain.Text.Length + 1)..], 16))), out _, out _));
    }

    [Theory]
    [InlineData("\n20852163\n", "\n020852163\n")]
    [InlineData("\n20852163\n", "\n+20852163\n")]
    [InlineData("\n20852163\n", "\n20852163 \n")]
    [InlineData("\n20852163\n", "\n-1\n")]
    [InlineData("\n20852163\n", "\n9223372036854775808\n")]
    [InlineData("\n20852163\n", "\r\n20852163\r\n")]
    [InlineData("SuFU=", "SuFV=")]
    [InlineData("uFU=", "uFU")]
    [InlineData("47DEQ", " 47DEQ")]
    [InlineData("zhejiang/0", "zhejiang/1/0")]
    [InlineData("zhejiang", "Zhejiang")]
    [InlineData("0d0e0f\n2", "0D0E0F\n2")]
    [InlineData("uFU=\n", "uFU=\nsomething else\n")]
    [InlineData("uFU=\n", "uFU=\ncontinues 00 7 AA==\n")]
    [InlineData("uFU=\n\n", "uFU=\n")]
    [InlineData("uFU=\n\n", "uFU=\n\n\n")]
    [InlineData("— ", "- ")]
    [InlineData("— ", "—  ")]
    [InlineData("— ", "— +")]
    public void Read_AnythingElse_IsRefusedWithAReason(string part, string instead)
    {
        var note = Encoding.UTF8.GetString(SignedCheckpoint.Sign(Plain, _key).Bytes.Span);
        var changed = note.Replace(part, instead, StringComparison.Ordinal);

        Assert.NotEqual(note, changed);
        Assert.False(SignedCheckpoint.TryRead(Encoding.UTF8.GetBytes(changed), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Read_AnyByteChangedAddedOrTaken_IsRefusedOrNotSigned()
    {
        var bytes = SignedCheckpoint.Sign(Plain with { Continues = new ContinuedLog(Log, 7, Root) }, _key).Bytes.ToArray();
        (from at in Gen.Int[0, bytes.Length - 1] from value in Gen.Byte from way in Gen.Int[0, 2] select (at, value, way)).Sample(
            t =>
            {
                byte[] changed = t.way switch
                {
                    0 => [.. bytes[..t.at], t.value, .. bytes[(t.at + 1)..]],
                    1 => [.. bytes[..t.at], t.value, .. bytes[t.at..]],
                    _ => [.. bytes[..t.at], .. bytes[(t.at + 1)..]],
                };
                Assert.True(changed.AsSpan().SequenceEqual(bytes) || !SignedCheckpoint.TryRead(changed, out var note, out _) || !note.IsSignedBy(_key.Public));
            },
            iter: 3_000);
    }

    [Fact]
    public void TryRead_AnyBytes_AnswersWithoutThrowing() => Gen.Byte.Array[0, 300].Sample(bytes => Assert.False(SignedCheckpoint.TryRead(bytes, out _, out var problem) || problem.Length == 0), iter: 2_000);

    [Fact]
    public void TryRead_NoteOverTheLimit_IsRefused() => Assert.False(SignedCheckpoint.TryRead(new byte[SignedCheckpoint.Longest + 1], out _, out _));

    [Fact]
    public void ConsistencyProof_ReadBack_LeadsFromOneCheckpointToTheNext()
    {
        Digest[] entries = [.. Enumerable.Range(0, 11).Select(i => Digest.Of([(byte)i]))];
        Digest RootOf(long start, long count) => MerkleBlocks.RootOf(entries.Skip((int)start).Take((int)count));
        var (early, late) = (Plain with { Size = 5, Root = RootOf(0, 5) }, Plain with { Size = 11, Root = RootOf(0, 11) });
        var proof = ConsistencyProof.Read("proof.json", new ConsistencyProof(Plain.Origin, 5, 11, MerkleTree.Consistency(5, 11, RootOf)).ToBytes());

        Assert.True(proof.Holds(early, late));
        Assert.False(proof.Holds(early with { Root = Root }, late));
        Assert.False(proof.Holds(early, late with { Origin = late.Origin with { Operator = "anhui" } }));
        Assert.False(proof.Holds(late, early));
    }
}
