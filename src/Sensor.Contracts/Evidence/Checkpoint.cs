using System.Globalization;

namespace Sensor.Contracts.Evidence;

/// <summary>How far a log had come: what a checkpoint says (c2sp.org/tlog-checkpoint).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Origin">The log.</param>
/// <param name="Size">The number of its entries.</param>
/// <param name="Root">Its Merkle root at that size.</param>
public sealed record Checkpoint(LogOrigin Origin, long Size, Digest Root)
{
    private const string Word = "continues";

    /// <summary>The log before, which was put back to an earlier state and goes on in this one; null for the first log of an operator.</summary>
    public ContinuedLog? Continues { get; init; }

    /// <summary>The text that is signed: lines, each ended by a line feed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Base64(Root)}\n")
        + (Continues is { } log ? string.Create(CultureInfo.InvariantCulture, $"{Word} {log.Log} {log.Size} {Base64(log.Root)}\n") : "");

    /// <summary>Reads the text; what is wrong where it is another one, else null.</summary>
    public static string? Read(string text, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        var lines = text.Split('\n');
        if (lines is not ([_, _, _, ""] or [_, _, _, _, ""]))
        {
            return "the text of a checkpoint has three or four lines, each ended by a line feed: origin, size, root, and which log it continues";
        }

        if (!LogOrigin.TryParse(lines[0], out var origin))
        {
            return "the first line is not DEPLOYMENT/OPERATOR/LOG with 32 hexadecimal digits at the end";
        }

        if (!TryHead(lines[1], lines[2], out var size, out var root))
        {
            return "the second line is not a size without leading zeros, or the third not a root of 32 bytes in base64";
        }

        ContinuedLog? continues = null;
        if (lines.Length == 5 && !TryContinued(lines[3], out continues))
        {
            return $"the fourth line is not '{Word} LOG SIZE ROOT'";
        }

        checkpoint = new Checkpoint(origin, size, root) { Continues = continues };
        return null;
    }

    private static bool TryContinued(string line, out ContinuedLog? log)
    {
        log = line.Split(' ') is [Word, var id, var size, var root] && LifeId.IsWritten(id) && TryHead(size, root, out var s, out var r) ? new ContinuedLog(LifeId.Parse(id), s, r) : null;
        return log is not null;
    }

    private static bool TryHead(string size, string root, out long number, out Digest digest)
    {
        var bytes = new byte[Digest.Size];
        var formed = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number.ToString(CultureInfo.InvariantCulture) == size
            && root.Length == 44 && Convert.TryFromBase64String(root, bytes, out var written) && written == Digest.Size && Convert.ToBase64String(bytes) == root;
        digest = formed ? new Digest(bytes) : default;
        return formed;
    }

    private static string Base64(Digest digest) => Convert.ToBase64String(digest.ToArray());
}

/// <summary>The state of an earlier log from which another one goes on: its first <paramref name="Size"/> entries are those of the later one too.</summary>
/// <param name="Log">The earlier log, of the same deployment and operator.</param>
/// <param name="Size">The size of the latest of its checkpoints that the later log holds; 0 where it holds none.</param>
/// <param name="Root">The root at that size.</param>
public sealed record ContinuedLog(LifeId Log, long Size, Digest Root);
