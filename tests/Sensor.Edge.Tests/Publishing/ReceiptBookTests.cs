using System.Text.Json;
using Sensor.Edge.Outbox;
using Sensor.Edge.Publishing;

namespace Sensor.Edge.Tests.Publishing;

public sealed class ReceiptBookTests
{
    private readonly ReceiptBook _book = new();

    [Fact]
    public void Write_ReceiptsThatFit_SayNothing()
    {
        _book.Note("anhui", new ReceiptVerdict(ReceiptOutcome.Accepted, ""));
        _book.Note("anhui", new ReceiptVerdict(ReceiptOutcome.Stale, ""));
        Assert.Equal("{\"receipts\":{}}", Written());
    }

    [Fact]
    public void Write_ReceiptsOfWhatIsNotHeld_SaysWhatToDo()
    {
        _book.Note("anhui", new ReceiptVerdict(ReceiptOutcome.UnknownRun, "a run"));
        _book.Note("anhui", new ReceiptVerdict(ReceiptOutcome.Alarm, "more than signed"));
        _book.Note("zhejiang", new ReceiptVerdict(ReceiptOutcome.Refused, "a signature"));
        var receipts = JsonDocument.Parse(Written()).RootElement.GetProperty("receipts");
        var anhui = receipts.GetProperty("anhui");
        Assert.Equal((0, 1, 1), (anhui.GetProperty("refused").GetInt32(), anhui.GetProperty("unknownRun").GetInt32(), anhui.GetProperty("contradicting").GetInt32()));
        Assert.Equal(("more than signed", ReceiptBook.Remedy), (anhui.GetProperty("last").GetString(), anhui.GetProperty("remedy").GetString()));
        Assert.Equal("a signature", receipts.GetProperty("zhejiang").GetProperty("last").GetString());
        Assert.False(receipts.GetProperty("zhejiang").TryGetProperty("remedy", out _));
    }

    private string Written()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            _book.Write(json);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
