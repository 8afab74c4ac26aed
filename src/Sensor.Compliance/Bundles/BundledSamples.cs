using System.Text;
using Sensor.Compliance.Cuts;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Bundles;

/// <summary>The files of joint samples in a bundle.</summary>
/// <param name="Files">Their results, in the order in which the files were entered.</param>
/// <param name="Words">What was found.</param>
internal sealed record BundledSamples(WindowSamples Files, string Words)
{
    /// <summary>Reads them, numbered from 1 in the order of entering.</summary>
    /// <param name="members">The members of the bundle.</param>
    /// <param name="cut">The digests of the files that the outcome names.</param>
    /// <exception cref="BundleFault">There are others than the outcome names, or one cannot be read.</exception>
    public static BundledSamples Read(BundleMembers members, IReadOnlyCollection<Digest> cut)
    {
        var files = Enumerable.Range(1, members.In(BundleNames.SamplesFolder).Count).Select(n => ReadFile(members, BundleNames.Samples(n))).ToList();
        BundleFault.Unless(
            files.Select(f => f.Digest).Order().SequenceEqual(cut.Order()),
            $"the outcome rests on {cut.Count} files of joint samples; those of the bundle are others");
        return new BundledSamples(new WindowSamples(files), files.Count == 0 ? "none" : $"{files.Count} files of laboratories' results, each the one that the outcome names");
    }

    private static SampleFile ReadFile(BundleMembers members, string name)
    {
        var bytes = members[name];
        using var text = Utf8Text.Of(bytes.ToArray());
        try
        {
            return new SampleFile(Digest.Of(bytes.Span), [.. ObservationCsv.Read(text).Select(line => line.ToObservation())]);
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            throw new BundleFault($"{name}: {e.Message}");
        }
    }
}
