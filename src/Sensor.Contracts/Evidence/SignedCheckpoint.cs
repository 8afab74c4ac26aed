using System.Text;
using Sensor.Contracts.Keys;

namespace Sensor.Contracts.Evidence;

/// <summary>
/// A checkpoint as a signed note (c2sp.org/signed-note), signed with ECDSA on P-256, the note's signature type 0x02: ASN.1 over SHA-256 of the text, and as
/// key id the first four bytes of the key's fingerprint. Nothing else than a note of this one form is read.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SignedCheckpoint
{
    /// <summary>The most bytes that a note has.</summary>
    public const int Longest = 131_072;

    /// <summary>The most signatures that a note has; others than the operator's are of witnesses.</summary>
    public const int MostSignatures = 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly IReadOnlyList<NoteSignature> _signatures;

    private SignedCheckpoint(Checkpoint checkpoint, IReadOnlyList<NoteSignature> signatures, ReadOnlyMemory<byte> bytes) =>
        (Checkpoint, _signatures, Bytes) = (checkpoint, signatures, bytes);

    /// <summary>What was signed. Trust it only where <see cref="IsSignedBy"/> says so.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The whole note.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Signs a checkpoint.</summary>
    public static SignedCheckpoint Sign(Checkpoint checkpoint, ISigner signer)
    {
        var text = checkpoint.Text;
        var signature = new NoteSignature(checkpoint.Origin.ToString(), signer.Public.Id.ToArray()[..NoteSignature.KeyIdSize], EcdsaDer.FromFixed(signer.Sign(Utf8.GetBytes(text))));
        return new SignedCheckpoint(checkpoint, [signature], Utf8.GetBytes($"{text}\n{signature.Line}\n"));
    }

    /// <summary>Reads a note; false with what is wrong where the bytes are anything else.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out SignedCheckpoint note, out string problem)
    {
        note = null!;
        problem = bytes.Length > Longest ? $"a note has at most {Longest} bytes, not {bytes.Length}" : Parse(bytes, out note) ?? "";
        return problem.Length == 0;
    }

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">The bytes are anything else; the message says what is wrong.</exception>
    public static SignedCheckpoint Read(ReadOnlyMemory<byte> bytes) => TryRead(bytes, out var note, out var problem) ? note : throw new FormatException(problem);

    /// <summary>Whether a key signed it under the name of the log. Where the key signed twice, both must hold.</summary>
    public bool IsSignedBy(PublicKey key)
    {
        var id = key.Id.ToArray();
        var own = _signatures.Where(s => s.Name == Checkpoint.Origin.ToString() && s.KeyId.SequenceEqual(id.AsSpan(0, NoteSignature.KeyIdSize).ToArray())).ToList();
        var text = Utf8.GetBytes(Checkpoint.Text);
        return own.Count > 0 && own.All(s => EcdsaDer.ToFixed(s.Signature) is { } signature && key.Verify(text, signature));
    }

    private static string? Parse(ReadOnlyMemory<byte> bytes, out SignedCheckpoint note)
    {
        note = null!;
        string whole;
        try
        {
            whole = Utf8.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return "a note is UTF-8";
        }

        var end = whole.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !whole.EndsWith('\n'))
        {
            return "a note is a text, an empty line and signatures, each line ended by a line feed";
        }

        if (Checkpoint.Read(whole[..(end + 1)], out var checkpoint) is { } problem)
        {
            return problem;
        }

        var lines = whole[(end + 2)..].Split('\n')[..^1];
        var signatures = lines.Take(MostSignatures + 1).Select(NoteSignature.Read).ToList();
        if (signatures.Count is 0 or > MostSignatures || signatures.Contains(null))
        {
            return $"behind the empty line stand 1 to {MostSignatures} signatures and nothing else, each an em dash, a name, and a key id and signature in base64";
        }

        note = new SignedCheckpoint(checkpoint, signatures!, bytes);
        return null;
    }
}
