using System.Text;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>Reads a CSV file of observations for a command.</summary>
internal static class ObservationFile
{
    /// <summary>Every line of the file.</summary>
    /// <exception cref="BadInputException">The file cannot be read or a line is wrong; the message names file, line and reason.</exception>
    public static IReadOnlyList<ObservationLine> Read(string path) => ReadWithDigest(path).Lines;

    /// <summary>Every line of the file, and the digest of its bytes.</summary>
    /// <inheritdoc cref="Read"/>
    public static (IReadOnlyList<ObservationLine> Lines, Digest Digest) ReadWithDigest(string path)
    {
        var bytes = InputFile.ReadAll(path);
        try
        {
            using var text = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return ([.. ObservationCsv.Read(text)], Digest.Of(bytes));
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
