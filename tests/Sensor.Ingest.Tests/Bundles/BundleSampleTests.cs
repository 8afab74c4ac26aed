using Sensor.Compliance.Bundles;
using WaterWatch.Testing;

namespace Sensor.Ingest.Tests.Bundles;

/// <summary>The bundle of the repository, with which the command line is tried on every processor.</summary>
public sealed class BundleSampleTests(BundledIngest ingest) : IClassFixture<BundledIngest>
{
    private const string Name = "tests/cases/bundles/sample.bundle";
    private const string Approve = "WATERWATCH_APPROVE";

    [Fact]
    public async Task Sample_OfTheRepository_HoldsHereAndInPython()
    {
        var path = Repository.PathOf(Name);
        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            await File.WriteAllBytesAsync(path, ingest.Determined, TestContext.Current.CancellationToken);
            Assert.Fail($"{Name} is now a bundle that was just made. Commit it, and run again without {Approve}.");
        }

        var report = BundleVerification.Of(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.True(report.Holds, $"{report.Broken}\nIf outcomes are meant to have other bytes: {Approve}=1 dotnet run --project tests/Sensor.Ingest.Tests -- -class \"*BundleSample*\" makes the sample anew.");
        Assert.Equal(0, (await PythonVerifier.RunAsync(path)).Code);
    }
}
