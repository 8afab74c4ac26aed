using System.Text;
using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>Reads a CSV file of observations for a command.</summary>
internal static class ObservationFile
{
    /// <summary>Every line of the file.</summary>
    /// <exception cref="BadInputException">The file cannot be read or a line is wrong; the message names file, line and reason.</exception>
    public static IReadOnlyList<ObservationLine> Read(string path)
    {
        try
        {
            using var text = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return [.. ObservationCsv.Read(text)];
        }
        catch (FormatException e)
        {
            throw new BadInputException($"{path}: {e.Message}");
        }
        catch (DecoderFallbackException)
        {
            throw new BadInputException($"{path}: the file is not UTF-8; save it in that encoding");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: {e.Message}");
        }
    }
}
