using System.CommandLine;
using Sensor.Contracts;
using Sensor.Ingest.Bundles;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Windows;
using Command = System.CommandLine.Command;

namespace Sensor.Ingest.Commands;

/// <summary>bundle: everything on which one outcome rests, in one file. It works while the service runs.</summary>
internal static class BundleCommand
{
    public static Command Create()
    {
        var config = IngestCommand.ConfigOption();
        var agreement = new Option<string>("--agreement") { Description = "The agreement's id.", HelpName = "A", Required = true };
        var section = new Option<string>("--section") { Description = "The section.", HelpName = "S", Required = true };
        var window = new Option<string>("--window") { Description = "The window's name, such as 2020 or 2020-08.", HelpName = "W", Required = true };
        var digest = new Option<string?>("--outcome") { Description = "The digest of an earlier outcome of the window; without it the one that stands.", HelpName = "DIGEST" };
        var file = new Option<string>("--out") { Description = "The file to write; it must not exist.", HelpName = "FILE", Required = true };
        var command = new Command("bundle", "Writes one file with everything on which a signed outcome rests, for 'waterwatch verify'.") { config, agreement, section, window, digest, file };
        command.SetAction(parsed =>
        {
            using var source = BundleSource.Open(IngestConfigurationFile.Read(parsed.GetRequiredValue(config)));
            var issued = Find(source.Outcomes, parsed.GetRequiredValue(agreement), parsed.GetRequiredValue(section), parsed.GetRequiredValue(window), parsed.GetValue(digest));
            var path = parsed.GetRequiredValue(file);
            var bundle = new BundleMaker(source).Make(issued);
            Write(path, bundle);
            parsed.InvocationConfiguration.Output.WriteLine($"{path}: {bundle.Length} bytes, SHA-256 {Digest.Of(bundle)}; outcome {issued.Digest}; verified");
            return IngestCommand.Good;
        });
        return command;
    }

    private static IssuedOutcome Find(OutcomeStore store, string agreement, string section, string window, string? digest)
    {
        var standing = digest is null ? store.Latest() : store.All();
        return standing.FirstOrDefault(o => (o.Agreement, o.Section, o.Window) == (agreement, section, window) && (digest is null || o.Digest.ToString() == digest))
            ?? throw new ArgumentException(
                $"No signed outcome of {agreement}, {section}, {window}{(digest is null ? "" : $" has the digest {digest}")}. There are: "
                + (standing.Count == 0 ? "none" : string.Join("; ", standing.Select(o => $"{o.Agreement}, {o.Section}, {o.Window}").Distinct(StringComparer.Ordinal))));
    }

    private static void Write(string path, byte[] bundle)
    {
        using var written = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        written.Write(bundle);
        written.Flush(flushToDisk: true);
    }
}
