using Sensor.Compliance.Agreements;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Windows;

/// <summary>Reads the agreements that an ingest evaluates.</summary>
internal static class AgreementFolder
{
    /// <summary>The agreements of every <c>.json</c> file of a folder, each with all its versions, in ordinal order of the first file's name.</summary>
    /// <exception cref="DocumentException">Files have mistakes, or do not belong together as versions; everything is in the exception.</exception>
    public static IReadOnlyList<AgreementHistory> Read(string? folder)
    {
        var agreements = new List<Agreement>();
        var problems = new List<DocumentProblem>();
        string[] paths = folder is null ? [] : Directory.GetFiles(folder, "*.json");
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            try
            {
                agreements.Add(AgreementDocument.Read(path, File.ReadAllBytes(path)));
            }
            catch (DocumentException e)
            {
                problems.AddRange(e.Problems.Select(p => p with { Path = $"{Path.GetFileName(path)}: {p.Path}" }));
            }
        }

        // A version that cannot be read would only seem to be missing.
        var histories = problems.Count == 0 ? Together(agreements, problems) : [];
        return problems.Count == 0 ? histories : throw new DocumentException(folder!, problems);
    }

    /// <summary>The exact bytes of an agreement's document.</summary>
    /// <exception cref="IOException">No file of the folder holds it any more.</exception>
    public static byte[] BytesOf(string folder, Digest digest) =>
        Directory.GetFiles(folder, "*.json").Select(File.ReadAllBytes).FirstOrDefault(bytes => Digest.Of(bytes) == digest)
            ?? throw new IOException($"{folder} no longer holds the agreement with the SHA-256 {digest}");

    private static List<AgreementHistory> Together(IEnumerable<Agreement> agreements, List<DocumentProblem> problems)
    {
        var histories = new List<AgreementHistory>();
        foreach (var versions in agreements.GroupBy(a => a.Id, StringComparer.Ordinal))
        {
            try
            {
                histories.Add(AgreementHistory.Of(versions));
            }
            catch (DocumentException e)
            {
                problems.AddRange(e.Problems.Select(p => p with { Path = $"{versions.Key}, {p.Path}" }));
            }
        }

        return histories;
    }
}
