using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Edge.Tests.PowerCuts;

/// <summary>Something that the outbox said is durable.</summary>
/// <param name="Position">How long the log of changes was when it had said so.</param>
/// <param name="Operator">The operator of a receipt; "" for a record.</param>
/// <param name="Run">The run.</param>
/// <param name="Sequence">The record's sequence, or up to which the receipt reaches.</param>
/// <param name="Digest">The digest of the record, or of the receipt.</param>
internal sealed record Acknowledged(long Position, string Operator, LifeId Run, long Sequence, Digest Digest)
{
    public bool IsReceipt => Operator.Length > 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Position}|{Operator}|{Run}|{Sequence}|{Digest}");

    public static List<Acknowledged> Read(string file) => [.. File.ReadLines(file).Select(Parse)];

    private static Acknowledged Parse(string line) => line.Split('|') is [var position, var operatorId, var run, var sequence, var digest]
        ? new Acknowledged(long.Parse(position, CultureInfo.InvariantCulture), operatorId, LifeId.Parse(run), long.Parse(sequence, CultureInfo.InvariantCulture), Digest.Parse(digest))
        : throw new FormatException(line);
}
