namespace Sensor.Contracts.Bundles;

/// <summary>One member of a bundle.</summary>
/// <remarks>Thread-safe as long as nobody writes into the memory behind <see cref="Content"/>.</remarks>
/// <param name="Name">Its name, 1 to 100 of <c>[a-z0-9./-]</c>; see <see cref="IsName"/>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record BundleMember(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>
    /// Whether a text may name a member: parts of <c>[a-z0-9.-]</c> between single slashes, none of which begins with a point, so that
    /// unpacking writes nowhere but below the folder that was chosen.
    /// </summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text.Split('/').All(part => part.Length > 0 && part[0] != '.' && part.All(IsOfName));

    private static bool IsOfName(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-';
}
