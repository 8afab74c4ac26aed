using System.CommandLine;
using Sensor.Compliance.Explanations;
using Sensor.Contracts;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch verify</c>: whether everything that an evidence bundle claims holds.</summary>
internal static class VerifyCommand
{
    private const string Details =
        """
        B is an evidence bundle as 'waterwatch-ingest bundle' writes it: one file for one outcome with the agreement, the registry, the
        determinations, the public keys and every signed record. Nothing else is read and nobody is asked; docs/evidence.md describes each check and
        what none of them can show.

        Output: one line for each check, 'holds' or 'DOES NOT HOLD', what was checked and what was found. The first that does not hold is the last.
        Whose keys these are no file can say about itself: compare the fingerprints with what you got another way, or give --operator-key.

        With --explain the computation follows, from the readings to the payment, in English or with --words zh in Chinese.

        Exit code 0: everything holds. 1: something does not. 2: the file cannot be read or is no evidence bundle.
        """;

    public static Command Create()
    {
        var bundle = new Argument<string>("B") { Description = "The evidence bundle." };
        var key = new Option<string?>("--operator-key") { Description = "The fingerprint of the operator's key, 64 hexadecimal digits, as you got it from the operator itself.", HelpName = "SHA-256" };
        var explain = new Option<bool>("--explain") { Description = "Show the computation from the readings to the payment." };
        var words = new Option<string>("--words") { Description = "en or zh.", HelpName = "LANGUAGE", DefaultValueFactory = _ => "en" };
        words.AcceptOnlyFromAmong("en", "zh");
        var command = new DetailedCommand("verify", "Verifies an evidence bundle from its bytes alone.", Details) { bundle, key, explain, words };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var report = BundleFile.Verify(parsed.GetRequiredValue(bundle), Fingerprint(parsed.GetValue(key)));
            foreach (var check in report.Held)
            {
                output.WriteLine($"holds: {check.Subject}: {check.Words}");
            }

            if (report.Broken is { } broken)
            {
                output.WriteLine($"DOES NOT HOLD: {broken.Subject}: {broken.Words}");
                return ExitCode.DoesNotHold;
            }

            foreach (var line in parsed.GetValue(explain) ? OutcomeExplanation.Of(report.Outcome!) : [])
            {
                output.WriteLine(parsed.GetRequiredValue(words) == "zh" ? line.Zh : line.En);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Digest? Fingerprint(string? text) => text is null ? null
        : Digest.TryParse(text, out var digest) ? digest
        : throw new BadInputException($"--operator-key '{text}' is not a fingerprint; give the 64 hexadecimal digits that 'waterwatch-ingest key' prints");
}
