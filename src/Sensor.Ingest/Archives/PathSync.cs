using System.Runtime.InteropServices;

namespace Sensor.Ingest.Archives;

/// <summary>Makes sure that a file that is there, or the names in a folder, survive a loss of power; where the system has no such call, it keeps them by itself.</summary>
internal static partial class PathSync
{
    private const int ReadOnly = 0;
    private const string Program = "program";

    // The calls of the program and not of the C library itself: whatever stands between the two sees them too, as tests/powercut does.
    static PathSync() => NativeLibrary.SetDllImportResolver(typeof(PathSync).Assembly, (name, _, _) => name == Program ? NativeLibrary.GetMainProgramHandle() : 0);

    /// <summary>Keeps the content of a file, or the names in a folder.</summary>
    /// <exception cref="IOException">The system could not; the message says why.</exception>
    public static void Keep(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw Failed(path);
        }

        var result = Sync(descriptor);
        var failed = result == 0 ? null : Failed(path);
        _ = Close(descriptor);
        if (failed is not null)
        {
            throw failed;
        }
    }

    private static IOException Failed(string path) => new($"{path} cannot be synchronised: {Marshal.GetLastPInvokeErrorMessage()}. Give a folder on a file system that keeps what it is told to keep.");

    [LibraryImport(Program, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(Program, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport(Program, EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
