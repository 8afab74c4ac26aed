using Sensor.Compliance.Bundles;
using Sensor.Ingest.Bundles;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Bundles;

internal static class BundlesOf
{
    /// <summary>Makes the bundle of every signed outcome that stands and verifies it twice.</summary>
    public static async Task<List<BundleReport>> VerifiedAsync(TestIngest ingest)
    {
        using var source = BundleSource.Open(ingest.Configuration);
        var maker = new BundleMaker(source);
        var bundles = source.Outcomes.Latest().Select(maker.Make).ToList();
        var files = bundles.Select((_, i) => Path.Combine(ingest.Configuration.DataDirectory, $"{i}.bundle")).ToList();
        bundles.Zip(files).ToList().ForEach(pair => File.WriteAllBytes(pair.Second, pair.First));
        var reports = bundles.Select(b => BundleVerification.Of(b, source.Key.Public.Id)).ToList();

        Assert.NotEmpty(reports);
        Assert.All(reports, r => Assert.True(r.Holds, r.Broken?.ToString()));
        Assert.All((await PythonVerifier.RunAsync(files.Prepend("--many"))).Lines, line => Assert.Equal("holds", line));
        return reports;
    }
}
