using System.Text;
using System.Text.Json;
using Sensor.Contracts.Hj212;
using WaterWatch.Testing;

namespace Sensor.Contracts.Tests.Hj212;

/// <summary>The frames of tests/cases/hj212.</summary>
internal static class Hj212Vectors
{
    public static JsonElement[] Frames { get; } = [.. Read("frames").GetProperty("frames").EnumerateArray()];

    public static string[] Valid { get; } = [.. Frames.Where(f => f.GetProperty("valid").GetBoolean()).Select(Text), .. Exchanges("published"), .. Exchanges("derived")];

    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf($"tests/cases/hj212/{name}.json")));
        return document.RootElement.Clone();
    }

    public static string Text(JsonElement vector) => vector.GetProperty("frame").GetString()!;

    /// <summary>Everything that is cut from bytes that arrive in pieces and then end.</summary>
    public static List<Hj212Cut> Cut(params IEnumerable<byte[]> pieces)
    {
        var cutter = new Hj212FrameCutter();
        var cuts = new List<Hj212Cut>();
        foreach (var piece in pieces)
        {
            cutter.Add(piece);
            Drain(cutter, cuts);
        }

        cutter.End();
        Drain(cutter, cuts);
        return cuts;
    }

    public static List<Hj212Cut> Cut(string text) => Cut([Encoding.UTF8.GetBytes(text)]);

    public static Hj212Message Message(string frame)
    {
        var cut = Assert.IsType<Hj212Cut.Frame>(Assert.Single(Cut(frame)));
        var message = Hj212Reader.Read(cut, out var refusal);
        Assert.Null(refusal);
        return message!;
    }

    /// <summary>A frame around a data segment, with the right length and checksum.</summary>
    public static string Framed(string segment) => $"##{segment.Length:D4}{segment}{Hj212Crc.Of(Encoding.UTF8.GetBytes(segment)):X4}\r\n";

    private static void Drain(Hj212FrameCutter cutter, List<Hj212Cut> cuts)
    {
        while (cutter.Next() is { } cut)
        {
            cuts.Add(cut);
        }
    }

    private static IEnumerable<string> Exchanges(string kind) => Read("exchanges").GetProperty(kind).GetProperty("frames").EnumerateArray().Select(f => f.GetString() + "\r\n");
}
