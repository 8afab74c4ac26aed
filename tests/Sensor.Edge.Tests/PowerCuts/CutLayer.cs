using System.Diagnostics;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>tests/powercut/powercut.c, built with gcc into a folder of its own.</summary>
internal static class CutLayer
{
    private static readonly Lazy<string> Library = new(Build);

    /// <summary>Puts the layer between a process to be started and the C library.</summary>
    /// <param name="start">The process.</param>
    /// <param name="folder">The folder whose files are watched.</param>
    /// <param name="log">Where their changes are written down; null for nowhere.</param>
    /// <param name="fault">The file that says with which errno changes fail; null for none.</param>
    public static void Put(ProcessStartInfo start, string folder, string? log, string? fault)
    {
        start.Environment["LD_PRELOAD"] = Library.Value;
        start.Environment["POWERCUT_FOLDER"] = folder;
        start.Environment["POWERCUT_LOG"] = log;
        start.Environment["POWERCUT_FAULT"] = fault;
    }

    private static string Build()
    {
        var library = Path.Combine(Directory.CreateTempSubdirectory("waterwatch-powercut-").FullName, "powercut.so");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(library)!, recursive: true);
        var source = Path.Combine(Repository.Root, "tests", "powercut", "powercut.c");
        using var gcc = Process.Start(new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", library, source]) { RedirectStandardError = true })!;
        var error = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        Assert.True(gcc.ExitCode == 0, "gcc: " + error);
        return library;
    }
}
