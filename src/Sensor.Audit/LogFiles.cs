using System.Security.Cryptography;
using Sensor.Contracts.Evidence;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Audit;

/// <summary>Reads checkpoints, receipts and keys of files.</summary>
internal static class LogFiles
{
    /// <summary>A public key.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or is no public key.</exception>
    public static PublicKey Key(string path)
    {
        try
        {
            return PublicKey.FromPem(System.Text.Encoding.UTF8.GetString(InputFile.ReadAll(path)));
        }
        catch (CryptographicException e)
        {
            throw new BadInputException($"{path}: {e.Message}");
        }
    }

    /// <summary>A checkpoint that a key signed.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or holds none.</exception>
    public static SignedCheckpoint Note(string path, PublicKey key)
    {
        if (!SignedCheckpoint.TryRead(InputFile.ReadAll(path), out var note, out var problem))
        {
            throw new BadInputException($"{path} is no checkpoint: {problem}; fetch one from /api/v1/evidence/checkpoints/latest");
        }

        return note.IsSignedBy(key) ? note : throw new BadInputException($"{path} is not signed by the key {key.Id}; compare the fingerprints, and ask the operator which key signed");
    }

    /// <summary>What a bundle, a checkpoint or receipts say about logs.</summary>
    /// <exception cref="BadInputException">The file cannot be read, is something else, or something in it is signed by no known key.</exception>
    public static IReadOnlyList<LogClaim> Claims(string path, IReadOnlyList<PublicKey> keys)
    {
        if (BundleFile.IsOne(path))
        {
            return BundleFile.Verified(path).LogClaims;
        }

        var bytes = InputFile.ReadAll(path);
        if (!SignedCheckpoint.TryRead(bytes, out var note, out var problem))
        {
            return Receipts(path, bytes, keys, problem);
        }

        return keys.FirstOrDefault(note.IsSignedBy) is { } key ? [LogClaim.Of(note, key)] : throw Unsigned(path);
    }

    private static List<LogClaim> Receipts(string path, byte[] bytes, IReadOnlyList<PublicKey> keys, string noNote)
    {
        try
        {
            return [.. EnvelopeFile.Split(bytes).Select(item => Receipt(path, item, keys))];
        }
        catch (FormatException e)
        {
            throw new BadInputException($"{path} is no bundle, no checkpoint ({noNote}) and no sequence of receipts ({e.Message})");
        }
    }

    private static LogClaim Receipt(string path, ReadOnlyMemory<byte> item, IReadOnlyList<PublicKey> keys)
    {
        Contracts.Receipt receipt = null!;
        if (!Envelope.TryParse(item, out var envelope, out var refusal) || !ReceiptCodec.TryDecode(envelope.Payload, out receipt, out refusal) || envelope.ContentType != ContentTypes.Receipt)
        {
            throw new FormatException(refusal?.Detail ?? $"signed as {envelope.ContentType}");
        }

        return keys.Any(envelope.Verify) ? LogClaim.Of(envelope, receipt) : throw Unsigned(path);
    }

    private static BadInputException Unsigned(string path) => new($"{path} holds something that none of the given keys signed; give the public key of its operator with --key");
}
