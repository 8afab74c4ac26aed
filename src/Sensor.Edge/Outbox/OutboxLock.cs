using Sensor.Edge.Commands;

namespace Sensor.Edge.Outbox;

/// <summary>Keeps a second process from writing the same outbox; the system releases it however this one ends.</summary>
internal static class OutboxLock
{
    /// <exception cref="EdgeException">Another process holds the outbox, or the folder cannot be written.</exception>
    public static FileStream Take(string outboxFile)
    {
        var file = outboxFile + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (StorageFault.MayPass(e, file))
        {
            throw OutboxDatabase.Unusable(outboxFile, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(ExitCodes.Outbox, $"The outbox {outboxFile} cannot be taken: {e.Message.TrimEnd('.')}. Stop the other waterwatch-edge that uses it, or give this station its own dataDirectory.", e);
        }
    }
}
