using System.Globalization;
using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

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

    public static ReplayOptions ReadOptions(StrictObject options, Func<string, string> resolve)
    {
        var read = new ReplayOptions
        {
            File = options.Text("file", expected: "the CSV file of observations") is { Length: > 0 } file ? resolve(file) : "",
            Rate = (int)options.Whole("rate", 0, 1_000, 0),
        };
        if (read.File.Length > 0 && Problem(read.File) is { } problem)
        {
            options.Problem("file", $"{read.File}: {problem}", "Correct the file or its path");
        }

        return read;
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

    private static string? Problem(string file)
    {
        try
        {
            using var text = Open(file);
            return ReplayFile.Groups(text, "check").LastOrDefault() is null ? "it holds no observation" : null;
        }
        catch (Exception e) when (IsWrongFile(e))
        {
            return e.Message.TrimEnd('.');
        }
    }

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

/// <summary>The readings of one arrival.</summary>
/// <param name="Time">When the water was taken.</param>
/// <param name="Readings">The readings, in the order of the file.</param>
/// <param name="Position">The last line and a digest of everything up to it.</param>
internal sealed record ReplayGroup(Instant Time, IReadOnlyList<Reading> Readings, string Position);

/// <summary>Cuts a file of observations into arrivals.</summary>
internal static class ReplayFile
{
    /// <summary>More would not fit into one envelope where every reading has its raw text.</summary>
    private const int MostReadings = 128;

    /// <summary>
    /// Consecutive lines of one time make one group; a parameter that comes again from the same instrument begins the next,
    /// because it is another arrival.
    /// </summary>
    /// <exception cref="FormatException">A line is wrong; the message begins with its number.</exception>
    public static IEnumerable<ReplayGroup> Groups(TextReader text, string instrument)
    {
        var lines = new List<ObservationLine>();
        string? section = null;
        var digest = default(Digest);
        foreach (var line in ObservationCsv.Read(text))
        {
            section ??= line.Section;
            Check(line, section);
            if (lines.Count > 0 && BeginsGroup(line, lines))
            {
                yield return Group(lines, instrument, ref digest);
                lines.Clear();
            }

            lines.Add(line);
        }

        if (lines.Count > 0)
        {
            yield return Group(lines, instrument, ref digest);
        }
    }

    private static void Check(ObservationLine line, string section)
    {
        if (line.Section != section)
        {
            throw new FormatException($"line {line.Line}: section '{line.Section}' where the file began with '{section}'; a station replays one section, so split the file");
        }

        if (line.Instrument is { } instrument && !Names.IsInstrument(instrument))
        {
            throw new FormatException($"line {line.Line}: instrument '{instrument}' is not an id of 1 to 32 letters, digits and . _ -");
        }

        if (!WireText.IsAllowed(line.Unit, WireLimits.Unit))
        {
            throw new FormatException($"line {line.Line}: unit '{line.Unit}' is longer than {WireLimits.Unit} bytes or holds a control character; give the UCUM unit");
        }
    }

    private static bool BeginsGroup(ObservationLine line, List<ObservationLine> lines) =>
        line.Time != lines[0].Time
        || lines.Count == MostReadings
        || lines.Exists(l => l.Parameter == line.Parameter && l.Instrument == line.Instrument);

    private static ReplayGroup Group(List<ObservationLine> lines, string instrument, ref Digest digest)
    {
        var text = new StringBuilder(digest.ToString());
        foreach (var line in lines)
        {
            text.Append('\n').AppendJoin('\u001f', line.Section, line.TimeText, line.Parameter, line.Value, line.Unit, line.Flag, line.DetectionLimit, line.Source, line.Instrument);
        }

        digest = Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
        var position = string.Create(CultureInfo.InvariantCulture, $"{lines[^1].Line} {digest}");
        return new ReplayGroup(lines[0].Time, [.. lines.Select(line => Reading(line, instrument))], position);
    }

    private static Reading Reading(ObservationLine line, string instrument) => new()
    {
        Parameter = line.Parameter,
        Value = line.Value,
        Missing = line.Value is null ? MissingReason.NotReported : null,
        Unit = line.Unit,
        Flag = line.Flag,
        Instrument = line.Instrument ?? instrument,
        SampledFrom = line.Time,
        SampledTo = line.Time,
        DatedBy = DatedBy.Instrument,
        DetectionLimit = line.DetectionLimit,
        Raw = line.Value?.ToString(),
    };
}
