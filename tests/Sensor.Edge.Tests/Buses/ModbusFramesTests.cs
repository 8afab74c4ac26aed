using System.Text.Json;
using CsCheck;
using Sensor.Contracts;
using Sensor.Edge.Buses.Modbus;
using Sensor.Edge.Drivers.Modbus;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Buses;

/// <summary>The frames of tests/cases/modbus/frames.json, and what happens to every other sequence of bytes.</summary>
public sealed class ModbusFramesTests
{
    private static readonly JsonElement Cases = JsonElement.Parse(File.ReadAllBytes(Repository.PathOf("tests/cases/modbus/frames.json")));

    [Fact]
    public void Rtu_EveryKnownQuestion_IsItsFrame() => Assert.All(
        Cases.GetProperty("requests").EnumerateArray(),
        c => Assert.Equal(Text(c, "frame"), Convert.ToHexString(ModbusFrames.Rtu(Request(c)))));

    [Fact]
    public void Rtu_EveryKnownWrite_IsItsFrame() => Assert.All(
        Cases.GetProperty("writes").EnumerateArray(),
        c => Assert.Equal(Text(c, "frame"), Convert.ToHexString(ModbusFrames.Rtu(ModbusRequest.Write(
            (byte)Number(c, "unit"), (ushort)Number(c, "address"), [.. c.GetProperty("values").EnumerateArray().Select(v => (ushort)v.GetInt32())])))));

    [Fact]
    public void FindRtu_EveryKnownReply_IsReadOrRefused() => Assert.All(Cases.GetProperty("replies").EnumerateArray(), c =>
    {
        var reply = ModbusFrames.FindRtu(ModbusRequest.Read((byte)Number(c, "unit"), (byte)Number(c, "function"), 0, (ushort)Number(c, "count")), Convert.FromHexString(Text(c, "frame")!));
        if (c.TryGetProperty("holds", out _))
        {
            Assert.Null(reply);
            return;
        }

        var number = NumberOf(c, Assert.IsType<ModbusReply.Data>(reply).Bytes);
        if (c.TryGetProperty("near", out _))
        {
            // The source shows the float with six decimals.
            Assert.Equal(Text(c, "value"), float.Parse(number!, System.Globalization.CultureInfo.InvariantCulture).ToString("F6", System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.Equal(Text(c, "value"), number);
        }
    });

    [Fact]
    public void TryRead_EveryTypeAndOrder_GivesTheDigits() => Assert.All(
        Cases.GetProperty("numbers").EnumerateArray(), c => Assert.Equal(Text(c, "value"), NumberOf(c, Convert.FromHexString(Text(c, "wire")!))));

    [Fact]
    public void FindRtu_OneBitFlipped_IsNeverTakenForTheAnswer()
    {
        var request = ModbusRequest.Read(1, 3, 4104, 2);
        var frame = Convert.FromHexString("010304ECAA416F9EFF");
        Gen.Int[0, (8 * frame.Length) - 1].Sample(bit =>
        {
            var flipped = (byte[])frame.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(ModbusFrames.FindRtu(request, flipped));
        });
    }

    [Fact]
    public void Find_AnyBytes_NeverThrows() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte, Gen.Int[1, 16], Gen.Int[0, 20]).Sample((bytes, unit, function, count) =>
    {
        var request = ModbusRequest.Read(unit, (byte)(1 + (function % 4)), 0, (ushort)count);
        ModbusFrames.FindRtu(request, bytes);
        ModbusFrames.FindTcp(request, 1, bytes);
        ModbusFrames.FindRtu(ModbusRequest.Write(unit, 0, [1]), bytes);
    });

    [Fact]
    public void FindRtu_AfterNoiseAndAnotherUnitsReply_IsFound()
    {
        var other = ModbusCrc.Append([2, 3, 4, 0, 1, 0, 2]);
        byte[] arrived = [0, 0xFF, .. other, .. ModbusCrc.Append([1, 3, 4, 0, 7, 0, 8])];
        Assert.Equal([0, 7, 0, 8], Assert.IsType<ModbusReply.Data>(ModbusFrames.FindRtu(ModbusRequest.Read(1, 3, 0, 2), arrived)).Bytes);
    }

    [Fact]
    public void FindTcp_LateReplyOfAnEarlierTransaction_IsPassedOver()
    {
        var request = ModbusRequest.Read(1, 3, 0, 1);
        byte[] Reply(byte transaction, byte value) => [0, transaction, 0, 0, 0, 5, 1, 3, 2, 0, value];
        Assert.Null(ModbusFrames.FindTcp(request, 8, Reply(7, 1)));
        Assert.Equal([0, 2], Assert.IsType<ModbusReply.Data>(ModbusFrames.FindTcp(request, 8, [.. Reply(7, 1), .. Reply(8, 2)])).Bytes);
        Assert.Equal(2, Assert.IsType<ModbusReply.Exception>(ModbusFrames.FindTcp(request, 8, [0, 8, 0, 0, 0, 3, 1, 0x83, 2])).Code);
    }

    private static string? NumberOf(JsonElement c, byte[] wire)
    {
        var type = Enum.Parse<ModbusType>(Text(c, "type")!, ignoreCase: true);
        var order = Text(c, "order")!;
        var point = new ModbusPoint(3, 0, type, order);
        return ModbusNumbers.TryRead(type, point.Sorted(wire.AsSpan(0, order.Length)), out MeasuredValue number) ? number.ToString() : null;
    }

    private static ModbusRequest Request(JsonElement c) =>
        ModbusRequest.Read((byte)Number(c, "unit"), (byte)Number(c, "function"), (ushort)Number(c, "address"), (ushort)Number(c, "count"));

    private static string? Text(JsonElement c, string member) => c.GetProperty(member).GetString();

    private static int Number(JsonElement c, string member) => c.GetProperty(member).GetInt32();
}
