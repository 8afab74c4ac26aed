using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Syntax: a raw line that has not the agreed length fails.</summary>
/// <remarks>Source: QARTOD manuals, test 2. It counts, it does not read: checksums and numbers are for the protocol's own parser.</remarks>
/// <param name="Length">How many characters, bytes or items a line has.</param>
/// <param name="AsBytes">Whether two characters, as of hexadecimal notation, are one; such a line of odd length fails.</param>
/// <param name="Delimiter">What parts a line into items, which are then counted; null where a line is not parted.</param>
public sealed record SyntaxTest(int Length, bool AsBytes = false, string? Delimiter = null) : QualityTest
{
    /// <inheritdoc/>
    public override string Name => "syntax";

    /// <inheritdoc/>
    public override QualityInputs Required => QualityInputs.Lines;

    internal static SyntaxTest Read(StrictObject json)
    {
        var length = QualityReader.OptionalCount(json, "nchar", 0);
        if (!json.Has("nchar"))
        {
            json.Problem("nchar", "is missing", "Give the length that a line must have");
        }

        return new SyntaxTest(length ?? 0, json.Word("lentype", ["char", "byte"], "char") == "byte", json.OptionalText("delimiter"));
    }

    private protected override IReadOnlyList<QualityResult> Judge(QualityInput input) => [.. input.Lines!.Select(Judge)];

    private QualityResult Judge(string? line)
    {
        if (line is null)
        {
            return QualityResult.Missing;
        }

        if (AsBytes && line.Length % 2 != 0)
        {
            return QualityResult.Fail($"{line.Length} characters are not whole bytes", $"{line.Length} 个字符不是整数个字节");
        }

        var (count, en, zh) = Delimiter is not null ? (line.Split(Delimiter).Length, "items", "项")
            : AsBytes ? (line.Length / 2, "bytes", "个字节")
            : (line.Length, "characters", "个字符");
        return count == Length
            ? QualityResult.Pass($"{count} {en}", $"{count} {zh}")
            : QualityResult.Fail($"{count} {en}, not {Length}", $"{count} {zh}，应为 {Length}");
    }
}
