using System.CommandLine;
using Sensor.Contracts.Hj212;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch hj212 decode FILE|-</c>: what the frames of a recorded HJ 212 line say.</summary>
internal static class Hj212Command
{
    private const string Details =
        """
        FILE holds the bytes of the line as they were sent; - reads standard input. Output: one JSON line for each frame, in their order.

        A frame that holds: {"ok":true,"mn","st","cn","qn","dataTime","readings":[{"parameter","kind","value","flag"}]}. All texts stand as
        they were sent: "parameter" is the factor code, national or of 2005; "dataTime" is in the logger's clock, whose offset no frame
        tells. "kind" is Rtd, Avg, Min, Max, Cou, or of a check Check, StandardValue, SpanValue, Water. "value" is the digits, or null when
        what was sent is no plain decimal number. "qn", "dataTime" and "flag" are null where the frame has none.

        Anything else: {"ok":false,"error","offset"}. "offset" is the byte of FILE, from 0, at which it is wrong: the length, the checksum,
        a field, the end of the bytes, or the first of bytes that belong to no frame. Decoding goes on at the next ##. Refused frames are
        data: the exit code stays 0. What departs from the standard and is accepted is said on standard error.
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The recorded bytes, or - for standard input." };
        var decode = new DetailedCommand("decode", "Prints what each frame says, or why it is refused and at which byte, as JSON lines.", Details) { file };
        decode.SetAction(parsed =>
        {
            Decode(InputFile.ReadAllOrInput(parsed.GetRequiredValue(file)), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return ExitCode.Done;
        });
        return new Command("hj212", "Reads recordings of the data transmission standard HJ 212.") { decode };
    }

    private static void Decode(byte[] bytes, TextWriter output, TextWriter error)
    {
        var cutter = new Hj212FrameCutter();
        cutter.Add(bytes);
        cutter.End();
        while (cutter.Next() is { } cut)
        {
            output.WriteLine(cut is Hj212Cut.Frame frame ? Line(frame, error) : Hj212Line.Of(((Hj212Cut.Refused)cut).Refusal));
        }
    }

    private static string Line(Hj212Cut.Frame frame, TextWriter error)
    {
        if (Hj212Reader.Read(frame, out var refusal) is not { } message)
        {
            return Hj212Line.Of(refusal!);
        }

        foreach (var irregularity in message.Irregularities)
        {
            error.WriteLine($"offset {frame.Offset}: {irregularity}.");
        }

        return Hj212Line.Of(message);
    }
}
