using System.Globalization;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.PowerCuts;

/// <summary>What a receipt may say once a transaction has ended.</summary>
/// <param name="Position">How long the log of changes was then.</param>
/// <param name="Run">The run.</param>
/// <param name="Through">Every sequence up to this one is held.</param>
/// <param name="Digest">The digest of that record.</param>
/// <param name="Log">The evidence log.</param>
internal sealed record Receiptable(long Position, LifeId Run, long Through, Digest Digest, LogCheckpoint Log)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Position}|{Run}|{Through}|{Digest}|{Log.Size}|{Log.Root}");

    public static List<Receiptable> Read(string file) => [.. File.ReadLines(file).Select(Parse)];

    private static Receiptable Parse(string line) => line.Split('|') is [var position, var run, var through, var digest, var size, var root]
        ? new Receiptable(Number(position), LifeId.Parse(run), Number(through), Digest.Parse(digest), new LogCheckpoint(Number(size), Digest.Parse(root)))
        : throw new FormatException(line);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
