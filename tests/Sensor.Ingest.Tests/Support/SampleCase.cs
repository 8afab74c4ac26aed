using System.Text;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Support;

/// <summary>The joint sample of tests/cases/assessments/joint-halves-just-outside-with-reserve, cut into the files in which laboratories would send it.</summary>
internal static class SampleCase
{
    private const string Folder = "tests/cases/assessments/joint-halves-just-outside-with-reserve";
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf($"{Folder}/observations.csv"));

    public static string Agreement => Repository.PathOf($"{Folder}/agreement.json");

    /// <summary>All results.</summary>
    public static string All => Of("");

    /// <summary>The results of one laboratory, such as lab-up.</summary>
    public static string Of(string laboratory) => string.Join('\n', [Lines[0], .. Lines.Skip(1).Where(line => line.EndsWith(laboratory, StringComparison.Ordinal))]) + "\n";

    /// <summary>A folder with the agreement alone.</summary>
    public static string AgreementsFolder()
    {
        var folder = Directory.CreateTempSubdirectory("waterwatch-agreements-").FullName;
        File.Copy(Agreement, Path.Combine(folder, "case.json"));
        return folder;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
