namespace Sensor.Ingest.Evidence;

/// <summary>Keeps a second service from writing the same evidence; the system releases it however this one ends.</summary>
internal static class DataDirectoryLock
{
    /// <summary>The name of the file in a data directory.</summary>
    public const string FileName = "ingest.lock";

    /// <exception cref="IOException">Another process holds the folder, or it cannot be written.</exception>
    public static FileStream Take(string dataDirectory)
    {
        try
        {
            Directory.CreateDirectory(dataDirectory);
            return new FileStream(Path.Combine(dataDirectory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data directory {dataDirectory} cannot be taken: {e.Message.TrimEnd('.')}. Stop the other waterwatch-ingest that uses it, or give this one its own dataDirectory, writable for the service.", e);
        }
    }
}
