using Sensor.Contracts;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

public sealed class LogCommandTests : IDisposable
{
    private static readonly Digest[] Entries = [.. Enumerable.Range(0, 20).Select(i => Digest.Of([(byte)i]))];
    private readonly LogOrigin _origin = new("test", "zhejiang", LifeId.Create());
    private readonly string _folder = Directory.CreateTempSubdirectory("waterwatch-log-").FullName;
    private readonly SigningKey _key = SigningKey.Create();
    private readonly string _pem;

    public LogCommandTests() => _pem = Write("operator.pem", System.Text.Encoding.ASCII.GetBytes(_key.Public.Pem));

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Check_LaterCheckpointWithItsProof_Holds()
    {
        var ran = CommandLine.Run("log", "check", Note(5), Note(13), "--key", _pem, "--proof", Proof(5, 13));

        Assert.Equal((0, $"holds: the 5 records of the saved checkpoint are the first of the 13 of {_origin}"), (ran.ExitCode, Assert.Single(ran.Lines)));
        Assert.Equal(0, CommandLine.Run("log", "check", Note(5), Note(5), "--key", _pem).ExitCode);
    }

    [Fact]
    public void Check_AnotherHistory_DoesNotHold()
    {
        var forged = Write("forged.note", SignedCheckpoint.Sign(new Checkpoint(_origin, 5, Digest.Of([99])), _key).Bytes);

        var same = CommandLine.Run("log", "check", forged, Note(5), "--key", _pem);
        var later = CommandLine.Run("log", "check", forged, Note(13), "--key", _pem, "--proof", Proof(5, 13));

        Assert.Equal((1, $"DOES NOT HOLD: two-roots: {Digest.Of([99])} and {RootOf(0, 5)} at 5 records, both signed"), (same.ExitCode, Assert.Single(same.Lines)));
        Assert.Equal((1, "DOES NOT HOLD: the proof does not lead from 5 records"), (later.ExitCode, Assert.Single(later.Lines)[..53]));
        Assert.StartsWith("DOES NOT HOLD: the later checkpoint has 5 records", Assert.Single(CommandLine.Run("log", "check", Note(13), Note(5), "--key", _pem).Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 0, "holds: the 5 records of the saved checkpoint are the first of the 13 of ")]
    [InlineData(4, 1, "DOES NOT HOLD: put-back: ")]
    public void Check_LogThatContinuesTheSavedOne_SaysHowFar(int continues, int code, string words)
    {
        var other = _origin with { Log = LifeId.Create() };
        var next = new Checkpoint(other, 13, RootOf(0, 13)) { Continues = new ContinuedLog(_origin.Log, continues, RootOf(0, continues)) };
        var proof = Write("other.json", new ConsistencyProof(other, 5, 13, MerkleTree.Consistency(5, 13, RootOf)).ToBytes());

        var ran = CommandLine.Run("log", "check", Note(5), Write("next.note", SignedCheckpoint.Sign(next, _key).Bytes), "--key", _pem, "--proof", proof);

        Assert.Equal(code, ran.ExitCode);
        Assert.StartsWith(words, Assert.Single(ran.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_BadInput_SaysWhatIsWrongAndWhatToDo()
    {
        using var stranger = SigningKey.Create();
        var foreign = Write("foreign.pem", System.Text.Encoding.ASCII.GetBytes(stranger.Public.Pem));

        Assert.Contains("consistency?from=5&to=13", CommandLine.Run("log", "check", Note(5), Note(13), "--key", _pem).Error, StringComparison.Ordinal);
        Assert.Contains("is not signed by the key", CommandLine.Run("log", "check", Note(5), Note(13), "--key", foreign).Error, StringComparison.Ordinal);
        Assert.Contains("is no checkpoint", CommandLine.Run("log", "check", _pem, Note(13), "--key", _pem).Error, StringComparison.Ordinal);
        Assert.Contains("not the PEM of a P-256 public key", CommandLine.Run("log", "check", Note(5), Note(13), "--key", Note(5)).Error, StringComparison.Ordinal);
        Assert.Equal(2, CommandLine.Run("log", "check", Note(5), Note(13), "--key", _pem, "--proof", Note(5)).ExitCode);
    }

    [Fact]
    public void Compare_OperatorThatSignedTwoHistories_NamesBothPieces()
    {
        var honest = Write("honest.cbor", Receipt(5, RootOf(0, 5)).Bytes);
        var lying = Receipt(5, Digest.Of([99]));
        var ahead = Receipt(14, RootOf(0, 14));

        Assert.Equal(0, CommandLine.Run("log", "compare", honest, Note(5), Note(13), "--key", _pem).ExitCode);
        var ran = CommandLine.Run("log", "compare", Note(5), Note(13), honest, Write("lying.cbor", (byte[])[.. lying.Bytes.Span, .. ahead.Bytes.Span]), "--key", _pem);

        Assert.Equal((1, 3), (ran.ExitCode, ran.Lines.Length));
        Assert.StartsWith($"two-roots: zhejiang signed in the receipt {lying.Digest} for ST-1 of ", ran.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith($"by the checkpoint of {_origin} with 5 records the root at that size is {RootOf(0, 5)}", ran.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"ahead: zhejiang signed in the receipt {ahead.Digest}", ran.Lines[1], StringComparison.Ordinal);
        Assert.Equal("5 signed statements of 1 keys compared, 2 findings", ran.Lines[2]);
    }

    [Fact]
    public void Compare_BundleOfTheRepository_AgreesWithItself()
    {
        var ran = CommandLine.Run("log", "compare", Repository.PathOf("tests/cases/bundles/sample.bundle"));

        Assert.Equal((0, "2 signed statements of 1 keys compared, 0 findings"), (ran.ExitCode, Assert.Single(ran.Lines)));
    }

    [Fact]
    public void Compare_SomethingThatNoGivenKeySigned_IsRefused()
    {
        Assert.Contains("none of the given keys signed", CommandLine.Run("log", "compare", Note(5)).Error, StringComparison.Ordinal);
        Assert.Contains("none of the given keys signed", CommandLine.Run("log", "compare", Write("r.cbor", Receipt(5, RootOf(0, 5)).Bytes)).Error, StringComparison.Ordinal);
        Assert.Contains("no sequence of receipts", CommandLine.Run("log", "compare", _pem, "--key", _pem).Error, StringComparison.Ordinal);
    }

    private static Digest RootOf(long start, long count) => MerkleBlocks.RootOf(Entries.Skip((int)start).Take((int)count));

    private string Note(int size) => Write($"{size}.note", SignedCheckpoint.Sign(new Checkpoint(_origin, size, RootOf(0, size)), _key).Bytes);

    private string Proof(int from, int to) => Write($"{from}-{to}.json", new ConsistencyProof(_origin, from, to, MerkleTree.Consistency(from, to, RootOf)).ToBytes());

    private Envelope Receipt(long size, Digest root) => Envelope.Sign(
        ContentTypes.Receipt,
        ReceiptCodec.Encode(new Receipt { Deployment = "test", Station = "ST-1", Operator = "zhejiang", Run = LifeId.Create(), Through = 0, Time = new Instant(1_600_000_000_000), LogSize = size, LogRoot = root }),
        _key);

    private string Write(string name, ReadOnlyMemory<byte> bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes.ToArray());
        return path;
    }
}
