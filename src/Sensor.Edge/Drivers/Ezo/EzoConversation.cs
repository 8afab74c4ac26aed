using System.Device.I2c;
using System.Text;

namespace Sensor.Edge.Drivers.Ezo;

/// <summary>Sends a command, waits while the circuit works, and fetches the answer.</summary>
internal sealed class EzoConversation(I2cDevice device, TimeProvider time, CancellationToken cancellation)
{
    private const int MostPolls = 20;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>The circuit answers a query about its settings after this time.</summary>
    private static readonly TimeSpan Query = TimeSpan.FromMilliseconds(300);

    /// <summary>Asks for a setting.</summary>
    public Task<EzoAnswer> AskAsync(string command) => AskAsync(command, Query);

    /// <param name="command">The command; it is sent without a terminator.</param>
    /// <param name="processing">How long the circuit usually works on it; afterwards it is asked for at most 2 s more.</param>
    public async Task<EzoAnswer> AskAsync(string command, TimeSpan processing)
    {
        device.Write(Encoding.ASCII.GetBytes(command));
        await Task.Delay(processing, time, cancellation).ConfigureAwait(false);
        var answer = Fetch();
        for (var poll = 0; poll < MostPolls && answer.IsPending; poll++)
        {
            await Task.Delay(Poll, time, cancellation).ConfigureAwait(false);
            answer = Fetch();
        }

        return answer with { Detail = $"{command}: {answer.Detail}" };
    }

    private EzoAnswer Fetch()
    {
        Span<byte> bytes = stackalloc byte[EzoAnswer.Longest];
        device.Read(bytes);
        return EzoAnswer.Read(bytes);
    }
}
