using System.CommandLine;
using System.Security.Cryptography;
using Sensor.Compliance.Agreements;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch sign FILE --key K</c>: a party's signature on a document of determinations.</summary>
internal static class SignCommand
{
    private const string Details =
        """
        FILE is read and checked first: nobody signs what nobody can read. It must name its agreement and version. What is signed are its exact bytes;
        change nothing in it afterwards, not even a line end. K is the PEM of a P-256 private key that only its owner can read; make one with
            openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out K && chmod 600 K
        and give the other side its public half (openssl pkey -in K -pubout) on a way on which both know each other.

        Output: the detached signature (JWS, RFC 7515 appendix F, ES256, typ waterwatch-determination) for 'waterwatch-ingest determination add'.
        What was signed goes to standard error: read it before you send the signature.
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The document of determinations." };
        var key = new Option<string>("--key") { Description = "The private key.", Required = true, HelpName = "K" };
        var command = new DetailedCommand("sign", "Signs a document of determinations for a party.", Details) { file, key };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var bytes = InputFile.ReadAll(path);
            var document = InputFile.ReadDocument(path, (name, _) => Determinations.Read(name, bytes));
            RequireSignable(path, document);
            using var signer = Key(parsed.GetRequiredValue(key));
            parsed.InvocationConfiguration.Error.WriteLine(
                $"{path}: determinations of {document.Agreement}, version {document.Version}, {document.All.Count} determinations, {document.Facts.Count} facts, SHA-256 {document.Digest}; signed with key {signer.Public.Id}");
            parsed.InvocationConfiguration.Output.WriteLine(DetachedJws.Sign(ContentTypes.Determination, bytes, signer));
            return ExitCode.Done;
        });
        return command;
    }

    private static void RequireSignable(string path, Determinations document)
    {
        if (document.Agreement is null || document.Version is null || (document.Version > 1 && document.Previous is null))
        {
            throw new BadInputException($"{path}: a document that parties sign names its agreement, its version and, after the first, the SHA-256 of the version before as previous; add what is missing");
        }
    }

    private static SigningKey Key(string path)
    {
        if (!File.Exists(path))
        {
            throw new BadInputException($"{path}: there is no such key file; give the PEM of a P-256 private key");
        }

        try
        {
            return SigningKey.LoadOrCreate(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(e.Message);
        }
    }
}
