using System.Globalization;
using System.Text;
using CsCheck;
using Sensor.Contracts.Hj212;
using WaterWatch.Testing;

namespace Sensor.Contracts.Tests.Hj212;

public sealed class Hj212FrameTests
{
    private static readonly byte[] Stream = Encoding.UTF8.GetBytes("noise\r\n" + string.Concat(Hj212Vectors.Frames.Select(Hj212Vectors.Text)) + "#" + string.Concat(Hj212Vectors.Valid) + "##0100QN=2");

    public static TheoryData<int> Vectors => [.. Enumerable.Range(0, Hj212Vectors.Frames.Length)];

    public static TheoryData<string> Valid => [.. Hj212Vectors.Valid];

    [Fact]
    public void Vectors_AreAllThere() => Assert.Equal((26, 18, 39), (Hj212Vectors.Frames.Length, Hj212Vectors.Frames.Count(f => f.GetProperty("valid").GetBoolean()), Hj212Vectors.Valid.Length));

    [Fact]
    public void Crc_OfPublishedValues_IsTheirs()
    {
        foreach (var known in Hj212Vectors.Read("frames").GetProperty("computed_here_extra").EnumerateArray())
        {
            Assert.Equal(known.GetProperty("crc").GetString(), Hj212Crc.Of(Encoding.ASCII.GetBytes(known.GetProperty("ascii").GetString()!)).ToString("X4", CultureInfo.InvariantCulture));
        }

        foreach (var body in Hj212Vectors.Read("frames").GetProperty("command_bodies_without_crc").GetProperty("bodies").EnumerateArray())
        {
            var segment = Encoding.ASCII.GetBytes(body.GetProperty("segment").GetString()!);
            Assert.Equal((body.GetProperty("length").GetInt32(), body.GetProperty("crc_computed_here").GetString()), (segment.Length, Hj212Crc.Of(segment).ToString("X4", CultureInfo.InvariantCulture)));
        }
    }

    [Theory, MemberData(nameof(Vectors))]
    public void Next_PublishedFrame_IsCutOrRefusedWithReasonAndOffset(int index)
    {
        var vector = Hj212Vectors.Frames[index];
        var cut = Assert.Single(Hj212Vectors.Cut(Hj212Vectors.Text(vector)));
        if (vector.GetProperty("valid").GetBoolean())
        {
            var frame = Assert.IsType<Hj212Cut.Frame>(cut);
            Assert.Equal((vector.GetProperty("segment").GetString(), 6L), (Encoding.ASCII.GetString(frame.Segment.Span), frame.Offset));
            return;
        }

        var refusal = Assert.IsType<Hj212Cut.Refused>(cut).Refusal;
        var expected = vector.GetProperty("length_ok").GetBoolean()
            ? (Hj212RefusalKind.Checksum, 6L + vector.GetProperty("declared_length").GetInt64())
            : (Hj212RefusalKind.Length, 2L);
        Assert.Equal(expected, (refusal.Kind, refusal.Offset));
    }

    [Theory]
    [InlineData("##0888ST=32;CN=2011;MN=A;CP=&&&&0000\r\n", "the length is 888, and the data segment has 26 bytes")]
    [InlineData("##0010ST=32;CN=2011;MN=A;CP=&&&&0000\r\n", "the length is 10, and no checksum stands after as many bytes")]
    [InlineData("##1025ST", "the length is 1025, above 1024")]
    [InlineData("##12 4ST", "the length is not four digits")]
    [InlineData("##0026ST=32;CN=2011;MN=A;CP=&&&&zz00", "the checksum is not four hexadecimal digits, and that of the data segment is 4980")]
    [InlineData("##0026ST=32;CN=2011;MN=A;CP=&&&&0000", "the checksum is 0000, and that of the data segment is 4980")]
    [InlineData("##0026ST=32;CN=2011;MN=A;CP=&&", "the bytes end before the 26 of the data segment and its checksum")]
    [InlineData("##00", "the bytes end inside the head of a frame")]
    [InlineData("\r\n ab\r\n", "4 bytes belong to no frame")]
    public void Next_WrongFrame_SaysWhy(string frame, string reason) =>
        Assert.Equal(reason, Assert.IsType<Hj212Cut.Refused>(Assert.Single(Hj212Vectors.Cut(frame))).Refusal.Reason);

    [Fact]
    public void Next_StreamSplitAnywhere_CutsTheSame()
    {
        var whole = Show(Hj212Vectors.Cut(Stream));
        Assert.Equal(18 + 39, whole.Count(c => !c.StartsWith("Refused", StringComparison.Ordinal)));
        Assert.Equal(whole, Show(Hj212Vectors.Cut(Stream.Select(b => new[] { b }))));
        Gen.Int[1, 700].Array[1, 60].Sample(sizes => Assert.Equal(whole, Show(Hj212Vectors.Cut(Split(sizes)))), iter: Trials.Of(60, 2000));
    }

    [Fact]
    public void Next_AnyBitFlippedInsideLengthSegmentOrChecksum_IsNeverAccepted()
    {
        foreach (var frame in Hj212Vectors.Valid.Select(Encoding.ASCII.GetBytes))
        {
            for (var bit = 16; bit < (frame.Length - 2) * 8; bit++)
            {
                byte[] flipped = [.. frame];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                var sameChecksum = bit / 8 >= frame.Length - 6 && char.ToUpperInvariant((char)flipped[bit / 8]) == char.ToUpperInvariant((char)frame[bit / 8]);
                Assert.Equal(sameChecksum, Hj212Vectors.Cut(flipped).OfType<Hj212Cut.Frame>().Any());
            }
        }
    }

    [Fact]
    public void Next_AnyBytes_NeverThrows() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 80], Gen.OneOfConst([.. Hj212Vectors.Valid]).Select(Encoding.ASCII.GetBytes), Gen.OneOfConst("##", "&&", "##0003", "\r\n", "水").Select(Encoding.UTF8.GetBytes)).Array[0, 8], Gen.Int[0, 300], Gen.Byte)
            .Sample((parts, at, value) =>
            {
                byte[] bytes = [.. parts.SelectMany(p => p)];
                if (bytes.Length > 0)
                {
                    bytes[at % bytes.Length] = value;
                }

                foreach (var frame in Hj212Vectors.Cut(bytes).OfType<Hj212Cut.Frame>())
                {
                    Assert.True(Hj212Reader.Read(frame, out var refusal) is null != refusal is null);
                }
            }, iter: Trials.Of(3_000, 100_000));

    [Theory, MemberData(nameof(Valid))]
    public void Next_AfterABrokenFrame_FindsTheNext(string frame)
    {
        foreach (var broken in new[] { frame.Replace("CP=", "CP-", StringComparison.Ordinal), "##0999" + frame[6..], "##0020" + frame[6..], "##x", "#" })
        {
            var cuts = Hj212Vectors.Cut(broken + frame);
            Assert.Equal(frame[6..^6], Encoding.ASCII.GetString(Assert.Single(cuts.OfType<Hj212Cut.Frame>()).Segment.Span));
            Assert.NotEmpty(cuts.OfType<Hj212Cut.Refused>());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Next_TailLeftOut_IsCut(string tail) => Assert.Equal(2, Hj212Vectors.Cut(Hj212Vectors.Valid[0].TrimEnd() + tail + Hj212Vectors.Valid[1]).OfType<Hj212Cut.Frame>().Count());

    [Fact]
    public void Next_LengthCountsCharactersOfChineseText_IsCut()
    {
        const string Segment = "ST=32;CN=3020;MN=A;CP=&&i11001-Info=//仪器正常//&&";
        var inCharacters = Hj212Vectors.Framed(Segment);
        var inBytes = inCharacters.Replace($"##{Segment.Length:D4}", $"##{Encoding.UTF8.GetByteCount(Segment):D4}", StringComparison.Ordinal);

        Assert.Equal("//仪器正常//", Hj212Vectors.Message(inCharacters).Value("i11001-Info"));
        Assert.Equal("//仪器正常//", Hj212Vectors.Message(inBytes).Value("i11001-Info"));
        Assert.IsType<Hj212Cut.Refused>(Hj212Vectors.Cut(inCharacters.Replace($"##{Segment.Length:D4}", $"##{Segment.Length - 1:D4}", StringComparison.Ordinal))[0]);
    }

    private static List<string> Show(IEnumerable<Hj212Cut> cuts) =>
        [.. cuts.Select(c => c is Hj212Cut.Frame frame ? $"{frame.Offset} {Encoding.UTF8.GetString(frame.Segment.Span)}" : c.ToString())];

    private static IEnumerable<byte[]> Split(int[] sizes)
    {
        for (int at = 0, i = 0; at < Stream.Length; at += sizes[i++ % sizes.Length])
        {
            yield return Stream[at..Math.Min(at + sizes[i % sizes.Length], Stream.Length)];
        }
    }
}
