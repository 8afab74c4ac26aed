using System.Text;
using Sensor.Edge.Buses;

namespace Sensor.Edge.Drivers.Sdi12;

/// <summary>Asks one probe on a line that is held for it.</summary>
internal sealed class Sdi12Link(IByteLine line, Sdi12Options options, TimeProvider time)
{
    /// <summary>Questions until one is answered, each with a break of its own.</summary>
    private const int Attempts = 3;

    /// <summary>Longer than any answer: 75 characters of values, address, checksum, CR and LF.</summary>
    private const int Longest = 128;

    /// <summary>At least 12 ms of spacing (SDI-12 1.4, clause 7); more, because a timer of the system is not exact.</summary>
    private static readonly TimeSpan BreakLength = TimeSpan.FromMilliseconds(20);

    /// <summary>At least 8.33 ms of marking between break and command (clause 7).</summary>
    private static readonly TimeSpan Marking = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest answer has 81 characters, which take 675 ms, and begins within 15 ms (clause 7); the rest is for the adapter.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1_000);

    private readonly byte[] _buffer = new byte[Longest];
    private int _filled;

    /// <summary>Asks until an answer is understood, at most three times; the last problem otherwise.</summary>
    public async Task<Sdi12Answer<T>> AskAsync<T>(string command, Func<string, Sdi12Answer<T>> understand, CancellationToken cancellation)
        where T : class
    {
        var sent = $"{options.Address}{command}!";
        Sdi12Answer<T> answer = Sdi12Refusal.Silent(sent);
        for (var attempt = 0; attempt < Attempts && answer.Value is null; attempt++)
        {
            await SendAsync(sent, cancellation).ConfigureAwait(false);
            var text = await LineAsync(Patience, options.Echo ? sent : "", cancellation).ConfigureAwait(false);
            answer = text is null ? Sdi12Refusal.Silent(sent) : understand(text);
        }

        return answer;
    }

    /// <summary>Waits until the probe says that its values are ready, or the time it asked for has passed; then they are as well.</summary>
    public async Task ReadyAsync(TimeSpan within, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        for (var left = within; left > TimeSpan.Zero; left = within - time.GetElapsedTime(began))
        {
            if (await LineAsync(left, "", cancellation).ConfigureAwait(false) is { } text && Sdi12Parser.Address(text, options.Address).Value is not null)
            {
                return;
            }
        }
    }

    private async Task SendAsync(string command, CancellationToken cancellation)
    {
        if (options.Break)
        {
            await line.BreakAsync(BreakLength, cancellation).ConfigureAwait(false);
            await Task.Delay(Marking, time, cancellation).ConfigureAwait(false);
        }

        line.Discard();
        _filled = 0;
        await line.WriteAsync(Encoding.ASCII.GetBytes(command), cancellation).ConfigureAwait(false);
    }

    /// <summary>The next line without CR and LF and without the adapter's echo, or null when there is none in time.</summary>
    private async Task<string?> LineAsync(TimeSpan patience, string echo, CancellationToken cancellation)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var late = new CancellationTokenSource(patience, time);
        using var join = late.Token.Register(until.Cancel);
        try
        {
            string? text;
            while ((text = Take()) is null)
            {
                _filled += await line.ReadAsync(_buffer.AsMemory(_filled), until.Token).ConfigureAwait(false);
            }

            return WithoutEcho(text, echo);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Takes a line off the buffer. A full buffer without an end is a line as well, which nobody will understand.</summary>
    private string? Take()
    {
        var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n"u8);
        if (end < 0 && _filled < Longest)
        {
            return null;
        }

        var (length, used) = end < 0 ? (_filled, _filled) : (end, end + 2);
        var text = Encoding.Latin1.GetString(_buffer, 0, length);
        _buffer.AsSpan(used, _filled - used).CopyTo(_buffer);
        _filled -= used;
        return text;
    }

    /// <summary>A break comes back as a zero byte from adapters that give everything back.</summary>
    private static string WithoutEcho(string text, string echo)
    {
        var heard = echo.Length == 0 ? text : text.TrimStart('\0');
        return heard.StartsWith(echo, StringComparison.Ordinal) ? heard[echo.Length..] : heard;
    }
}
