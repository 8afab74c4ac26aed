using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Windows;

/// <summary>Reads the agreements that an ingest evaluates.</summary>
internal static class AgreementFolder
{
    /// <summary>Every <c>.json</c> file of a folder, in ordinal order of the names.</summary>
    /// <exception cref="DocumentException">Files have mistakes; all of them are in the exception.</exception>
    public static IReadOnlyList<Agreement> Read(string? folder)
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

        foreach (var id in agreements.GroupBy(a => a.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            problems.Add(new DocumentProblem("id", $"{id.Count()} files have the agreement id {id.Key}", "Keep the version in force"));
        }

        return problems.Count == 0 ? agreements : throw new DocumentException(folder!, problems);
    }
}
