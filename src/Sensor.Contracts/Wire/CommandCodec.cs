using System.Formats.Cbor;

namespace Sensor.Contracts.Wire;

/// <summary>Commands to payloads and back, as docs/wire.md section "Command" defines.</summary>
public static class CommandCodec
{
    private const int Version = 1;

    /// <summary>Encodes a command as a payload.</summary>
    /// <exception cref="ArgumentException">The command breaks a rule of docs/wire.md.</exception>
    public static byte[] Encode(Command command)
    {
        var writer = DeterministicCbor.Writer();
        writer.WriteStartMap(null);
        writer.Whole(0, Version);
        writer.Text(1, command.Deployment);
        writer.Text(2, command.Station);
        writer.Text(3, command.Operator);
        writer.Whole(4, command.Sequence);
        writer.Whole(5, command.Issued.UnixMilliseconds);
        writer.Text(6, command.Name);
        writer.Array(7, command.Arguments, WriteArgument);
        writer.WriteEndMap();
        var payload = writer.Encode();
        return TryDecode(payload, out _, out var refusal) ? payload : throw new ArgumentException(refusal.Detail, nameof(command));
    }

    /// <summary>Decodes a payload.</summary>
    /// <param name="payload">A payload in deterministic encoding.</param>
    /// <param name="command">The command, when the result is true.</param>
    /// <param name="refusal">Why not, when the result is false.</param>
    public static bool TryDecode(ReadOnlyMemory<byte> payload, out Command command, out Refusal refusal)
    {
        (command, refusal) = (null!, null!);
        try
        {
            var map = MapReader.Payload(payload, "command");
            map.Whole(0, Version, Version);
            var decoded = new Command
            {
                Deployment = map.Text(1, WireLimits.Name, Names.IsLowerId),
                Station = map.Text(2, WireLimits.Name, Names.IsStation),
                Operator = map.Text(3, WireLimits.Name, Names.IsLowerId),
                Sequence = map.Whole(4, 1, long.MaxValue),
                Issued = map.Moment(5),
                Name = map.Text(6, WireLimits.Name, IsName),
                Arguments = map.Array(7, 0, WireLimits.Arguments, ReadArgument),
            };
            map.End();
            command = MapReader.Ascends(decoded.Arguments, a => a.Name) ? decoded : throw map.Wrong(7, "is not in ordinal order of the name without repeats");
            return true;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            refusal = new Refusal(RefusalReason.Payload, e.Message);
            return false;
        }
    }

    private static bool IsName(string name) => name.All(c => char.IsAsciiLetterLower(c) || c == '-');

    private static void WriteArgument(CborWriter writer, CommandArgument argument)
    {
        writer.WriteStartArray(2);
        writer.WriteTextString(argument.Name);
        writer.WriteTextString(argument.Value);
        writer.WriteEndArray();
    }

    private static CommandArgument ReadArgument(PayloadReader reader)
    {
        if (reader.ReadStartArray() != 2)
        {
            throw new CborContentException("an argument is [name, value]");
        }

        var argument = new CommandArgument(reader.ReadTextString(), reader.ReadTextString());
        return Names.IsInstrument(argument.Name) && WireText.IsAllowed(argument.Value, WireLimits.Note)
            ? argument
            : throw new CborContentException($"an argument is [name of {WireLimits.Name}, text of {WireLimits.Note} bytes at most]");
    }
}
