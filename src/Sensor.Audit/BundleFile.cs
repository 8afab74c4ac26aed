using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;

namespace Sensor.Audit;

/// <summary>Reads and verifies the evidence bundles that a command line names.</summary>
internal static class BundleFile
{
    /// <summary>Whether a file begins as a bundle does.</summary>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static bool IsOne(string path) => BundleContainer.BeginsAsOne(InputFile.ReadAll(path));

    /// <summary>A bundle of which everything holds.</summary>
    /// <exception cref="BadInputException">The file cannot be read, is no bundle, or something in it does not hold.</exception>
    public static BundleReport Verified(string path)
    {
        var report = Verify(path, null);
        return report.Broken is not { } broken
            ? report
            : throw new BadInputException($"{path} does not hold, {broken.Subject}: {broken.Words}; 'waterwatch verify' says what does");
    }

    /// <summary>Verifies a bundle.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or is no bundle at all.</exception>
    public static BundleReport Verify(string path, Digest? operatorKey)
    {
        if (File.Exists(path) && new FileInfo(path).Length > BundleContainer.LargestFile)
        {
            throw new BadInputException($"{path}: the file is larger than {BundleContainer.LargestFile} bytes, the most that an evidence bundle has");
        }

        var bytes = InputFile.ReadAll(path);
        return BundleContainer.BeginsAsOne(bytes)
            ? BundleVerification.Of(bytes, operatorKey)
            : throw new BadInputException($"{path} is no evidence bundle: it does not begin with the manifest of one. 'waterwatch-ingest bundle' makes them");
    }
}
