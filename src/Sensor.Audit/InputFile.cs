using Sensor.Compliance.Agreements;
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

    /// <summary>The bytes of a file, or of standard input where the path is <c>-</c>.</summary>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    public static byte[] ReadAllOrInput(string path)
    {
        if (path != "-")
        {
            return ReadAll(path);
        }

        using var input = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
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

    /// <summary>An agreement of the files of its versions.</summary>
    /// <exception cref="BadInputException">Files cannot be read, or have mistakes, or do not belong together; everything is named.</exception>
    public static AgreementHistory ReadAgreement(IEnumerable<string> paths)
    {
        var versions = new List<Agreement>();
        var mistakes = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                versions.Add(ReadDocument(path, AgreementDocument.Read));
            }
            catch (BadInputException e)
            {
                mistakes.Add(e.Message);
            }
        }

        return mistakes.Count == 0 ? Together(versions) : throw new BadInputException(string.Join('\n', mistakes));
    }

    private static AgreementHistory Together(IEnumerable<Agreement> versions)
    {
        try
        {
            return AgreementHistory.Of(versions);
        }
        catch (DocumentException e)
        {
            throw new BadInputException(e.Message);
        }
    }
}
