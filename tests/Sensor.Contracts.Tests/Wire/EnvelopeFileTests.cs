using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class EnvelopeFileTests
{
    /// <summary>Byte strings stand for envelopes: here only the ends of items matter.</summary>
    [Fact]
    public void Read_ItemsOfAnySize_ComeBackInTheirOrder() => Gen.Int[0, 60_000].Array[0, 120].Sample(
        sizes =>
        {
            var items = sizes.Select((size, i) => Item(size, (byte)i)).ToArray();
            var read = EnvelopeFile.Read(new MemoryStream([.. items.SelectMany(i => i)])).SelectMany(batch => batch).Select(i => i.ToArray()).ToArray();
            Assert.Equal(items, read);
        },
        iter: 30);

    [Fact]
    public void Read_MoreItemsThanAMessageHolds_AreAllRead()
    {
        var file = Enumerable.Range(0, 10_000).SelectMany(_ => Item(1, 7)).ToArray();
        Assert.Equal(10_000, EnvelopeFile.Read(new MemoryStream(file)).Sum(batch => batch.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Read_FileThatWasCut_ReturnsWhatIsWholeAndNamesTheByte(int missing)
    {
        byte[] whole = [.. Item(200, 1), .. Item(300, 2), .. Item(400, 3)];
        var read = new List<int>();
        var cut = Assert.Throws<FormatException>(() =>
        {
            foreach (var batch in EnvelopeFile.Read(new MemoryStream(whole[..^missing])))
            {
                read.AddRange(batch.Select(i => i.Length));
            }
        });
        Assert.Equal([202, 303], read);
        Assert.StartsWith("at byte 505: ", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ItemLongerThanAnEnvelope_IsRefusedWithoutReadingOn()
    {
        byte[] file = [.. Item(10, 1), 0x5A, 0x7F, 0xFF, 0xFF, 0xFF, .. new byte[3 * WireLimits.Envelope]];
        Assert.StartsWith("at byte 11: ", Assert.Throws<FormatException>(() => EnvelopeFile.Read(new MemoryStream(file)).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyFile_HasNothing() => Assert.Empty(EnvelopeFile.Read(new MemoryStream()));

    private static byte[] Item(int size, byte fill)
    {
        var writer = new System.Formats.Cbor.CborWriter();
        writer.WriteByteString(Enumerable.Repeat(fill, size).ToArray());
        return writer.Encode();
    }
}
