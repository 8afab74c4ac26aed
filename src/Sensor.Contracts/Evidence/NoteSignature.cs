namespace Sensor.Contracts.Evidence;

/// <summary>A signature line of a signed note.</summary>
/// <param name="Name">The name of the key.</param>
/// <param name="KeyId">Its id, 4 bytes.</param>
/// <param name="Signature">The signature, in the form of its type.</param>
internal sealed record NoteSignature(string Name, byte[] KeyId, byte[] Signature)
{
    public const int KeyIdSize = 4;

    private const string Dash = "\u2014";

    /// <summary>The line without its end.</summary>
    public string Line => $"{Dash} {Name} {Convert.ToBase64String([.. KeyId, .. Signature])}";

    /// <summary>Reads a line; null where it is anything else.</summary>
    public static NoteSignature? Read(string line)
    {
        if (line.Split(' ') is not [Dash, var name, var text] || name.Length == 0 || name.Any(c => c == '+' || char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        var formed = Convert.TryFromBase64String(text, bytes, out var length) && length > KeyIdSize && Convert.ToBase64String(bytes.AsSpan(0, length)) == text;
        return formed ? new NoteSignature(name, bytes[..KeyIdSize], bytes[KeyIdSize..length]) : null;
    }
}
