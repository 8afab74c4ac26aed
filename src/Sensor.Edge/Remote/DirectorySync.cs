using System.Runtime.InteropServices;

namespace Sensor.Edge.Remote;

/// <summary>Makes durable which names a folder holds; .NET cannot open a folder to flush it.</summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The system did not.</exception>
    public static void Of(string folder)
    {
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            throw new IOException($"{folder} cannot be opened: error {Marshal.GetLastPInvokeError()}");
        }

        try
        {
            if (Flush(handle) != 0)
            {
                throw new IOException($"{folder} cannot be made durable: error {Marshal.GetLastPInvokeError()}");
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
