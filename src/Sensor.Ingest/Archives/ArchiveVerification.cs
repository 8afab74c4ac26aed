using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Archives;

/// <summary>Looks at every archive file of a folder, needing nothing else.</summary>
internal static class ArchiveVerification
{
    /// <summary>What is to be said of one file.</summary>
    /// <param name="Words">The file with what it holds, or what is wrong with it.</param>
    /// <param name="Holds">Whether it is whole and continues the one before.</param>
    public sealed record Line(string Words, bool Holds);

    /// <summary>A line for each file with a manifest, in order, then one for each that has none.</summary>
    public static IEnumerable<Line> Of(string folder)
    {
        ArchiveManifest? last = null;
        foreach (var path in Files(folder, ".json"))
        {
            var (line, manifest) = Look(path, last);
            last = manifest ?? last;
            yield return line;
        }

        foreach (var path in Files(folder, ".cbor").Where(path => !File.Exists(ArchiveManifest.ManifestOf(path))))
        {
            yield return new Line($"{Path.GetFileName(path)} has no manifest: the run that wrote it was interrupted. The next run writes it anew", false);
        }
    }

    private static (Line Line, ArchiveManifest? Manifest) Look(string path, ArchiveManifest? last)
    {
        try
        {
            var manifest = ArchiveContent.Verify(path).Manifest;
            var (words, holds) = Succession(last, manifest);
            return (new Line($"{manifest.File} entries {manifest.First} to {manifest.Next - 1} root {manifest.Root}{words}", holds), manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DocumentException)
        {
            return (new Line(e.Message, false), null);
        }
    }

    private static (string Words, bool Holds) Succession(ArchiveManifest? last, ArchiveManifest next) =>
        last is null || last.Operator != next.Operator ? ("", true)
        : last.Next != next.First ? ($": the file that begins with the entry {last.Next} is not here", false)
        : next.Before().Root() != last.Root ? (" DOES NOT CONTINUE the one before: they are of different logs", false)
        : (" continues the one before", true);

    private static IEnumerable<string> Files(string folder, string extension) =>
        Directory.GetFiles(folder, "evidence-*" + extension).Where(path => path.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
