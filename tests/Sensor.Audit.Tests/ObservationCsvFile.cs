namespace Sensor.Audit.Tests;

/// <summary>A CSV file of observations that lives as long as its test.</summary>
internal sealed class ObservationCsvFile : IDisposable
{
    public const string Header = "section,time,parameter,value,unit,flag";

    /// <summary>Writes a file with a header and some lines.</summary>
    public ObservationCsvFile(string header, params IEnumerable<string> lines)
    {
        File.WriteAllText(Path, string.Join('\n', lines.Prepend(header)) + "\n");
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"waterwatch-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(Path);
}
