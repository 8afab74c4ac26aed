using System.Text;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Samples;

/// <summary>A file of results of joint samples, as it was entered.</summary>
/// <remarks>Immutable and thread-safe. Results of one section and moment are one sample; the source of a line is its laboratory.</remarks>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Bytes">Its exact bytes.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Reason">Why it states otherwise what was stated before; null where nobody gave one.</param>
/// <param name="RecordedAt">When it was entered here.</param>
/// <param name="RecordedBy">Who entered it.</param>
internal sealed record EnteredSamples(Digest Digest, byte[] Bytes, IReadOnlyList<ObservationLine> Lines, string? Reason, Instant RecordedAt, string RecordedBy)
{
    /// <summary>The file as decisions see it.</summary>
    public SampleFile InCut { get; } = new(Digest, [.. Lines.Select(line => line.ToObservation())]);

    /// <summary>Reads the lines of a file, in the CSV of observations.</summary>
    /// <exception cref="FormatException">A line is wrong; the message begins with <c>line N:</c>.</exception>
    /// <exception cref="DecoderFallbackException">The file is not UTF-8.</exception>
    public static IReadOnlyList<ObservationLine> Read(byte[] bytes)
    {
        using var text = Utf8Text.Of(bytes);
        return [.. ObservationCsv.Read(text)];
    }
}
