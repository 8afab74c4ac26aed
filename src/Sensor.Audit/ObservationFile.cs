using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>Reads the CSV files of commands.</summary>
internal static class ObservationFile
{
    /// <summary>Every line of a file of observations.</summary>
    /// <exception cref="BadInputException">The file cannot be read or a line is wrong; the message names file, line and reason.</exception>
    public static IReadOnlyList<ObservationLine> Read(string path) => ReadWithDigest(path).Lines;

    /// <summary>Every line of a file of observations, and the digest of its bytes.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static (IReadOnlyList<ObservationLine> Lines, Digest Digest) ReadWithDigest(string path) => Read(path, ObservationCsv.Read);

    /// <summary>Every line of a file of checks, and the digest of its bytes.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static (IReadOnlyList<CheckLine> Lines, Digest Digest) ReadChecks(string path) => Read(path, CheckCsv.Read);

    private static (IReadOnlyList<T> Lines, Digest Digest) Read<T>(string path, Func<TextReader, IEnumerable<T>> read)
    {
        var bytes = InputFile.ReadAll(path);
        try
        {
            using var text = Utf8Text.Of(bytes);
            return ([.. read(text)], Digest.Of(bytes));
        }
        catch (FormatException e)
        {
            throw new BadInputException($"{path}: {e.Message}");
        }
        catch (DecoderFallbackException)
        {
            throw new BadInputException($"{path}: the file is not UTF-8; save it in that encoding");
        }
    }
}
