namespace Sensor.Audit.Tests;

/// <summary>A JSON file that lives as long as its test.</summary>
internal sealed class QcFile : IDisposable
{
    public QcFile(string text) => File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"waterwatch-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(Path);
}
