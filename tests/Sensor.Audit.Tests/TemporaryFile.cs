namespace Sensor.Audit.Tests;

/// <summary>A file that is there for one test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text) => File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"waterwatch-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(Path);
}
