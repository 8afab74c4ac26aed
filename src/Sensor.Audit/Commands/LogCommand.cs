using System.CommandLine;
using Sensor.Contracts.Evidence;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch log</c>: whether an operator shows one log to everybody.</summary>
internal static class LogCommand
{
    private const string CheckDetails =
        """
        OLD and NEW are checkpoints as signed notes, as an ingest gives them under /api/v1/evidence/checkpoints/; PROOF is what it answers to
        /api/v1/evidence/consistency?from=SIZE&to=SIZE with their sizes. K is the operator's public key, as you got it from the operator itself.

        Checked are both signatures, and that the log of OLD is the beginning of that of NEW. Where NEW is of another log, it must say that it
        continues that of OLD from OLD's size or a later one.

        Exit code 0: it holds. 1: it does not. 2: a file cannot be read or is something else.
        """;

    private const string CompareDetails =
        """
        Each FILE is an evidence bundle, a checkpoint as a signed note, or receipts one after another. A bundle brings the keys for what it holds;
        for notes and receipts give the public keys of the operators with --key. What no given key signed is refused.

        Named are each two signed pieces of one key that do not go together: 'two-roots' at one size, and 'ahead', a size beyond the largest
        checkpoint of the operator among the files. Ask the operator of one that is ahead for a later checkpoint first.

        Exit code 0: nothing is named. 1: something is. 2: a file cannot be read or is something else.
        """;

    public static Command Create() => new("log", "Compares what operators signed about their evidence logs.") { Check(), Compare() };

    private static DetailedCommand Check()
    {
        var old = new Argument<string>("OLD") { Description = "A checkpoint that you saved." };
        var later = new Argument<string>("NEW") { Description = "A later one." };
        var key = new Option<string>("--key") { Description = "The operator's public key, PEM.", HelpName = "K", Required = true };
        var proof = new Option<string?>("--proof") { Description = "The consistency proof; not needed where both have one size.", HelpName = "PROOF" };
        var command = new DetailedCommand("check", "Checks a saved checkpoint against a later one.", CheckDetails) { old, later, key, proof };
        command.SetAction(parsed =>
        {
            using var signer = LogFiles.Key(parsed.GetRequiredValue(key));
            var (from, to) = (LogFiles.Note(parsed.GetRequiredValue(old), signer), LogFiles.Note(parsed.GetRequiredValue(later), signer));
            var hashes = parsed.GetValue(proof) is { } file ? InputFile.ReadDocument(file, ConsistencyProof.Read) : null;
            var (holds, words) = CheckpointPair.Judge(from.Checkpoint, to.Checkpoint, hashes);
            parsed.InvocationConfiguration.Output.WriteLine((holds ? "holds: " : "DOES NOT HOLD: ") + words);
            return holds ? ExitCode.Done : ExitCode.DoesNotHold;
        });
        return command;
    }

    private static DetailedCommand Compare()
    {
        var files = new Argument<string[]>("FILE") { Description = "Bundles, checkpoints and receipts.", Arity = ArgumentArity.OneOrMore };
        var keys = new Option<string[]>("--key") { Description = "The public key of an operator, PEM; as often as there are operators.", HelpName = "K", DefaultValueFactory = _ => [] };
        var command = new DetailedCommand("compare", "Compares what different eyes were shown of logs.", CompareDetails) { files, keys };
        command.SetAction(parsed =>
        {
            var signers = parsed.GetRequiredValue(keys).Select(LogFiles.Key).ToList();
            var claims = parsed.GetRequiredValue(files).SelectMany(file => LogFiles.Claims(file, signers)).ToList();
            signers.ForEach(signer => signer.Dispose());
            var findings = ClaimsOfAll.Findings(claims);
            foreach (var finding in findings)
            {
                parsed.InvocationConfiguration.Output.WriteLine(finding.Words);
            }

            parsed.InvocationConfiguration.Output.WriteLine($"{claims.Count} signed statements of {claims.Select(c => c.KeyId).Distinct().Count()} keys compared, {findings.Count} findings");
            return findings.Count == 0 ? ExitCode.Done : ExitCode.DoesNotHold;
        });
        return command;
    }
}
