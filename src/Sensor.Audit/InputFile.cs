using Sensor.Contracts.Documents;

namespace Sensor.Audit;

/// <summary>Reads the files that a command line names.</summary>
internal static class InputFile
{
    /// <summary>The bytes of a file.</summary>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static byte[] ReadAll(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: {e.Message}");
        }
    }

    /// <summary>A document of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it from its name and bytes.</param>
    /// <exception cref="BadInputException">The file cannot be read or the document has mistakes; all of them are named.</exception>
    public static T ReadDocument<T>(string path, Func<string, ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(path, ReadAll(path));
        }
        catch (DocumentException e)
        {
            throw new BadInputException(e.Message);
        }
    }
}
