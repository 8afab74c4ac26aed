using System.Diagnostics;
using System.Text;
using System.Text.Json;
using WaterWatch.Testing;

namespace Sensor.Audit.Tests;

/// <summary>Every frame of tests/cases/hj212 through the command line.</summary>
public sealed class Hj212CommandTests
{
    private static readonly JsonElement[] Frames = ReadFrames();

    public static TheoryData<int> Vectors => [.. Enumerable.Range(0, Frames.Length)];

    [Theory, MemberData(nameof(Vectors))]
    public void Decode_PublishedFrame_IsDecodedOrRefusedAtItsByte(int index)
    {
        var vector = Frames[index];
        using var file = new TemporaryFile(Text(vector));
        var ran = CommandLine.Run("hj212", "decode", file.Path);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        var line = Json(Assert.Single(ran.Lines));
        if (vector.GetProperty("valid").GetBoolean())
        {
            Assert.Equal(["ok", "mn", "st", "cn", "qn", "dataTime", "readings"], Members(line));
            Assert.True(line.GetProperty("ok").GetBoolean());
            Assert.Equal(Expected(vector), Written(line));
            return;
        }

        var lengthHolds = vector.GetProperty("length_ok").GetBoolean();
        Assert.Equal(["ok", "error", "offset"], Members(line));
        Assert.False(line.GetProperty("ok").GetBoolean());
        Assert.Equal(lengthHolds ? 6 + vector.GetProperty("declared_length").GetInt32() : 2, line.GetProperty("offset").GetInt32());
        Assert.Contains(lengthHolds ? "checksum" : "length", line.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_AllFramesInOneFile_GivesALineEachAndOffsetsInTheFile()
    {
        using var file = new TemporaryFile(string.Concat(Frames.Select(Text)));
        var lines = CommandLine.Run("hj212", "decode", file.Path).Lines.Select(Json).ToList();

        Assert.Equal(Frames.Select(f => f.GetProperty("valid").GetBoolean()), lines.Select(l => l.GetProperty("ok").GetBoolean()));
        for (int i = 0, start = 0; i < Frames.Length; start += Text(Frames[i++]).Length)
        {
            if (lines[i].TryGetProperty("offset", out var offset))
            {
                Assert.InRange(offset.GetInt32(), start + 2, start + Text(Frames[i]).Length);
            }
        }
    }

    [Fact]
    public void Decode_SurfaceWaterFrame_PrintsThisLine()
    {
        using var file = new TemporaryFile("##0146ST=21;CN=2011;PW=123456;MN=DM000001;CP=&&DataTime=20191225155200;w01001-Rtd=91.980,w01001-Flag=N;w01006-Rtd=,w01006-Flag=D;060-Rtd=1e3;O3-Info=1&&A140\r\n");
        var ran = CommandLine.Run("hj212", "decode", file.Path);

        Assert.Equal(
            """{"ok":false,"error":"the checksum is A140, and that of the data segment is DC41","offset":152}""" + "\n",
            ran.Output);
        using var whole = new TemporaryFile(File.ReadAllText(file.Path).Replace("A140", "DC41", StringComparison.Ordinal));
        Assert.Equal(
            """{"ok":true,"mn":"DM000001","st":"21","cn":"2011","qn":null,"dataTime":"20191225155200","readings":[{"parameter":"w01001","kind":"Rtd","value":"91.980","flag":"N"},{"parameter":"w01006","kind":"Rtd","value":null,"flag":"D"},{"parameter":"060","kind":"Rtd","value":null,"flag":null}]}""" + "\n",
            CommandLine.Run("hj212", "decode", whole.Path).Output);
    }

    [Fact]
    public void Decode_StrayBytesAndAnIrregularity_AreReported()
    {
        using var file = new TemporaryFile("boot\r\n##0032ST=32;CN=2011;MN=A;Flag=5CP=&&&&9301\r\n");
        var ran = CommandLine.Run("hj212", "decode", file.Path);

        Assert.Equal("""{"ok":false,"error":"6 bytes belong to no frame","offset":0}""", ran.Lines[0]);
        Assert.StartsWith("""{"ok":true,"mn":"A",""", ran.Lines[1], StringComparison.Ordinal);
        Assert.Equal("offset 12: no semicolon stands before CP.\n", ran.Error);
    }

    [Fact]
    public async Task Decode_OfStandardInput_IsThatOfAFile()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "hj212", "decode", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes(Text(Frames[0])), TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var file = new TemporaryFile(Text(Frames[0]));

        Assert.Equal((0, CommandLine.Run("hj212", "decode", file.Path).Output), (process.ExitCode, output));
    }

    [Theory]
    [InlineData("Required argument missing", "decode")]
    [InlineData("absent.bin", "decode", "absent.bin")]
    [InlineData("Unrecognized command or argument 'x'", "decode", "a", "x")]
    public void Decode_OfAWrongCommandLine_ExitsWith2AndTheReason(string reason, params string[] args)
    {
        var ran = CommandLine.Run(["hj212", .. args]);
        Assert.Equal((2, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_OfDecode_ShowsItsDetailsAndTheExitCodes()
    {
        var help = CommandLine.Run("hj212", "decode", "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("""{"ok":false,"error","offset"}""", help.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 done; 2", help.Output, StringComparison.Ordinal);
        Assert.Contains("decode", CommandLine.Run("hj212", "--help").Output, StringComparison.Ordinal);
    }

    /// <summary>What the segment says, taken apart without the code under test.</summary>
    private static List<string?> Expected(JsonElement vector)
    {
        var segment = vector.GetProperty("segment").GetString()!;
        string? Field(string name) => segment.Split(';', '&').FirstOrDefault(f => f.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
        var fields = segment[segment.IndexOf("&&", StringComparison.Ordinal)..].Trim('&').Split(';', ',').Select(f => f.Split('=')).ToList();
        var kinds = new[] { "Rtd", "Avg", "Min", "Max", "Cou" };
        return
        [
            Field("MN"), Field("ST"), Field("CN"), Field("QN"), Field("DataTime"),
            .. from field in fields
               let name = field[0].Split('-')
               where name.Length == 2 && kinds.Contains(name[1])
               select $"{name[0]} {name[1]} {field[1]} {fields.FirstOrDefault(f => f[0] == name[0] + "-Flag")?[1]}",
        ];
    }

    private static List<string?> Written(JsonElement line) =>
    [
        .. new[] { "mn", "st", "cn", "qn", "dataTime" }.Select(name => line.GetProperty(name).GetString()),
        .. line.GetProperty("readings").EnumerateArray().Select(r => string.Join(' ', new[] { "parameter", "kind", "value", "flag" }.Select(name => r.GetProperty(name).GetString()))),
    ];

    private static IEnumerable<string> Members(JsonElement line) => line.EnumerateObject().Select(m => m.Name);

    private static string Text(JsonElement vector) => vector.GetProperty("frame").GetString()!;

    private static JsonElement Json(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    private static JsonElement[] ReadFrames()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests/cases/hj212/frames.json")));
        return [.. document.RootElement.Clone().GetProperty("frames").EnumerateArray()];
    }
}
