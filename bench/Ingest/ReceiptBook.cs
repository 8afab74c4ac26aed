using System.Collections.Concurrent;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace WaterWatch.Bench.Ingest;

/// <summary>Which records the receipts cover so far, each receipt verified as a station would.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="operatorKey">Who signs them.</param>
/// <param name="taken">Told of each; may be null.</param>
internal sealed class ReceiptBook(PublicKey operatorKey, Action<Receipt>? taken = null)
{
    private readonly ConcurrentDictionary<string, long> _through = new(StringComparer.Ordinal);

    /// <summary>How many receipts came.</summary>
    public int Receipts { get; private set; }

    /// <summary>The records that the receipts cover.</summary>
    public long Covered => _through.Values.Sum();

    /// <summary>The last record of a station up to which the receipts cover all.</summary>
    public long Through(string station) => _through.GetValueOrDefault(station);

    public void Take(string topic, ReadOnlyMemory<byte> payload)
    {
        if (!Envelope.TryParse(payload, out var envelope, out _) || !envelope.Verify(operatorKey) || !ReceiptCodec.TryDecode(envelope.Payload, out var receipt, out _))
        {
            throw new InvalidDataException($"a receipt on {topic} does not hold");
        }

        Receipts++;
        _through.AddOrUpdate(receipt.Station, receipt.Through, (_, before) => long.Max(before, receipt.Through));
        taken?.Invoke(receipt);
    }
}
