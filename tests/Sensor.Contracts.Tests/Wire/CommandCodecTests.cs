using CsCheck;
using Sensor.Contracts.Wire;

namespace Sensor.Contracts.Tests.Wire;

public sealed class CommandCodecTests
{
    [Fact]
    public void TryDecode_AnyEncodedCommand_GivesItBack() =>
        Gen.Select(Gen.Long[1, long.MaxValue], Some.AnyInstant, Some.AnyLower.Array[0, 16], Some.Text(WireLimits.Note)).Sample(
            (sequence, issued, names, text) =>
            {
                var command = Some.Command with
                {
                    Sequence = sequence,
                    Issued = issued,
                    Arguments = [.. names.Distinct().Order(StringComparer.Ordinal).Select(name => new CommandArgument(name, text))],
                };

                var payload = CommandCodec.Encode(command);

                Assert.True(CommandCodec.TryDecode(payload, out var decoded, out _));
                Assert.Equal(command with { Arguments = [] }, decoded with { Arguments = [] });
                Assert.Equal(command.Arguments, decoded.Arguments);
                Assert.Equal(payload, CommandCodec.Encode(decoded));
            },
            iter: 1_000);

    [Fact]
    public void Encode_CommandThatBreaksARule_Throws()
    {
        CommandArgument first = new("a", "1"), second = new("b", "2");
        Command[] bad =
        [
            Some.Command with { Sequence = 0 },
            Some.Command with { Name = "" },
            Some.Command with { Name = "Resend" },
            Some.Command with { Name = new string('a', 33) },
            Some.Command with { Station = "" },
            Some.Command with { Arguments = [second, first] },
            Some.Command with { Arguments = [first, first] },
            Some.Command with { Arguments = [first with { Name = "" }] },
            Some.Command with { Arguments = [first with { Name = new string('a', 33) }] },
            Some.Command with { Arguments = [first with { Value = "" }] },
            Some.Command with { Arguments = [first with { Value = "\0" }] },
            Some.Command with { Arguments = [first with { Value = new string('v', 513) }] },
            Some.Command with { Arguments = [.. Enumerable.Range(10, 17).Select(i => new CommandArgument($"a{i}", "v"))] },
        ];
        Assert.All(bad, command => Assert.Throws<ArgumentException>(() => CommandCodec.Encode(command)));
    }

    [Fact]
    public void Sign_LargestCommand_IsWithinItsLimit()
    {
        var largest = Some.Command with
        {
            Deployment = new string('d', 32),
            Station = new string('S', 32),
            Operator = new string('o', 32),
            Sequence = long.MaxValue,
            Name = new string('n', 32),
            Arguments = [.. Enumerable.Range(10, 16).Select(i => new CommandArgument($"a{i}".PadRight(32, 'x'), new string('v', 512)))],
        };
        Assert.True(Envelope.Sign(ContentTypes.Command, CommandCodec.Encode(largest), Some.OperatorKey).Bytes.Length <= WireLimits.Command);
    }
}
