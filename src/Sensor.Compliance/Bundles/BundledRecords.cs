using Sensor.Compliance.Cuts;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Compliance.Bundles;

/// <summary>The records of a bundle, each authentic and in its place.</summary>
internal sealed class BundledRecords
{
    private readonly List<BundledRecord> _all = [];

    private BundledRecords()
    {
    }

    /// <summary>The records in the order of the bundle: by station, run, sequence and digest.</summary>
    public IReadOnlyList<BundledRecord> All => _all;

    /// <summary>
    /// Those that this version understands, without those whose number was also given to one that it does not: such a one would look as if it
    /// were alone.
    /// </summary>
    public IReadOnlyList<RecordInCut> Understood
    {
        get
        {
            var torn = _all.Where(r => r.Decoded.Record is null).Select(r => (r.Header.Station, r.Header.Run, r.Header.Sequence)).ToHashSet();
            return [.. _all.Where(r => !torn.Contains((r.Header.Station, r.Header.Run, r.Header.Sequence))).Select(r => new RecordInCut(r.Digest, r.Decoded.Record!))];
        }
    }

    /// <summary>Reads and judges the records.</summary>
    /// <param name="bytes">The envelopes, one after another.</param>
    /// <param name="deployment">The deployment to which they must belong.</param>
    /// <param name="keyOf">The key of a fingerprint for a station, where it is enrolled for it and in the bundle; else null.</param>
    /// <exception cref="BundleFault">A record does not hold.</exception>
    public static BundledRecords Read(ReadOnlyMemory<byte> bytes, string deployment, Func<string, Digest, PublicKey?> keyOf)
    {
        var records = new BundledRecords();
        var run = new List<(Envelope Envelope, DecodedRecord Decoded)>();
        foreach (var item in EnvelopeFile.Split(bytes))
        {
            var record = Parse(item, deployment);
            if (run.Count > 0)
            {
                BundleFault.Unless(Compare(run[^1], record) < 0, $"{BundledRun.Name(record.Decoded.Header)} stands twice or not in the order of station, run, sequence and digest");
                records.TakeWhereComplete(run, record.Decoded.Header, keyOf);
            }

            run.Add(record);
        }

        records.Take(run, keyOf);
        return records;
    }

    private void TakeWhereComplete(List<(Envelope Envelope, DecodedRecord Decoded)> run, RecordHeader next, Func<string, Digest, PublicKey?> keyOf)
    {
        var header = run[0].Decoded.Header;
        if (header.Station != next.Station || header.Run != next.Run)
        {
            Take(run, keyOf);
            run.Clear();
        }
    }

    private void Take(List<(Envelope Envelope, DecodedRecord Decoded)> run, Func<string, Digest, PublicKey?> keyOf)
    {
        if (run.Count > 0)
        {
            _all.AddRange(BundledRun.Read(run, id => keyOf(run[0].Decoded.Header.Station, id)));
        }
    }

    private static (Envelope Envelope, DecodedRecord Decoded) Parse(ReadOnlyMemory<byte> item, string deployment)
    {
        DecodedRecord decoded = null!;
        if (!Envelope.TryParse(item, out var envelope, out var refusal) || !RecordCodec.TryDecode(envelope.Payload, out decoded, out refusal))
        {
            throw new BundleFault($"an envelope is not one of docs/wire.md: {refusal.Detail}");
        }

        BundleFault.Unless(envelope.ContentType == ContentTypes.Record, $"an envelope is signed as {envelope.ContentType}, not as a record");
        BundleFault.Unless(decoded.Header.Deployment == deployment, $"{BundledRun.Name(decoded.Header)} belongs to the deployment {decoded.Header.Deployment}");
        return (envelope, decoded);
    }

    private static int Compare((Envelope Envelope, DecodedRecord Decoded) left, (Envelope Envelope, DecodedRecord Decoded) right)
    {
        var (a, b) = (left.Decoded.Header, right.Decoded.Header);
        var order = string.CompareOrdinal(a.Station, b.Station);
        order = order != 0 ? order : a.Run.CompareTo(b.Run);
        order = order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
        return order != 0 ? order : left.Envelope.Digest.CompareTo(right.Envelope.Digest);
    }
}
