using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers;

/// <summary>Replays a CSV file of recorded observations, every arrival as it stands, repeats included.</summary>
/// <remarks>
/// <para>Link: docs/station.md, section "replay"; the file format is that of every WaterWatch command.</para>
/// <para>Accuracy: that of the recorded instrument; digits are passed on unchanged.</para>
/// <para>Range: any value of at most 15 digits and 12 decimals.</para>
/// <para>Resolution: that of the file.</para>
/// <para>Timings: the times of the file; <c>rate</c> only sets how fast they are replayed.</para>
/// <para>Differences: the water is dated by the file, not by the station, and every reading says so.</para>
/// </remarks>
internal sealed class ReplayDriver(string instrument, ReplayOptions options) : IDriver
{
    private readonly string _instrument = instrument;
    private IEnumerator<ReplayGroup>? _groups;
    private string? _position;

    /// <summary>None: a file that cannot be read says nothing about the water.</summary>
    public IReadOnlyList<DriverChannel> Channels => [];

    public TimeSpan? DataPace { get; } = options.Rate == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(1000 / options.Rate);

    public static ReplayOptions ReadOptions(StrictObject options, DriverContext context)
    {
        var read = new ReplayOptions
        {
            File = options.Text("file", expected: "the CSV file of observations") is { Length: > 0 } file ? context.Resolve(file) : "",
            Rate = (int)options.Whole("rate", 0, 1_000, 0),
        };
        if (read.File.Length > 0 && Problem(read) is { } problem)
        {
            options.Problem("file", problem, "Correct the file or its path");
        }

        return read;
    }

    /// <summary>Reads the whole file; what is wrong with it, or null.</summary>
    public static string? Problem(ReplayOptions options)
    {
        try
        {
            using var text = Open(options.File);
            return ReplayFile.Groups(text, "check").LastOrDefault() is null ? $"{options.File}: it holds no observation" : null;
        }
        catch (Exception e) when (IsWrongFile(e))
        {
            return $"{options.File}: {e.Message.TrimEnd('.')}";
        }
    }

    public Task<DriverReply> ReadAsync(SampleRequest request, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult(Next(request.Position));
        }
        catch (Exception e) when (IsWrongFile(e))
        {
            Close();
            return Task.FromResult<DriverReply>(new DriverReply.Failed(FailureKind.Misconfigured, MissingReason.NotReported, $"{options.File}: {e.Message}"));
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private static bool IsWrongFile(Exception e) => e is FormatException or IOException or UnauthorizedAccessException or DecoderFallbackException;

    private static StreamReader Open(string file) => new(file, new UTF8Encoding(false, throwOnInvalidBytes: true));

    private DriverReply Next(string? durable)
    {
        if (_groups is null || _position != durable)
        {
            Seek(durable);
        }

        if (!_groups!.MoveNext())
        {
            return new DriverReply.Ended();
        }

        var group = _groups.Current;
        _position = group.Position;
        return new DriverReply.Sampled(group.Time, group.Readings, group.Position);
    }

    /// <summary>Goes to the group after the durable one, and makes sure that what was replayed before is still what the file says.</summary>
    private void Seek(string? durable)
    {
        Close();
        _groups = Groups().GetEnumerator();
        _position = durable;
        while (durable is not null)
        {
            if (!_groups.MoveNext())
            {
                throw new FormatException($"the part up to line {durable.Split(' ')[0]} was replayed and signed, and is no longer what the file says; put the old file back, or replay the new one under another instrument id");
            }

            if (_groups.Current.Position == durable)
            {
                return;
            }
        }
    }

    private IEnumerable<ReplayGroup> Groups()
    {
        using var text = Open(options.File);
        foreach (var group in ReplayFile.Groups(text, _instrument))
        {
            yield return group;
        }
    }

    private void Close()
    {
        _groups?.Dispose();
        _groups = null;
    }
}
