using System.Collections.Concurrent;
using Sensor.Compliance.Statistics;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;
using Sensor.Ingest.Receiving;
using Sensor.Ingest.Registry;

namespace Sensor.Ingest.Interop;

/// <summary>
/// Makes ordinary signed records of what is imported and lands them as if a station had sent them: the operator vouches for the origin, and each
/// reading names the raw bytes, which become durable in the same transaction.
/// </summary>
/// <remarks>Thread-safe; imports of different stations do not wait for each other.</remarks>
internal sealed class Attestor(IngestConfiguration configuration, Func<RegistrySnapshot> registry, Func<IReadOnlyList<Arrival>, Task> write, TimeProvider time) : IDisposable
{
    private readonly ISqlDatabase _evidence = EvidenceStores.OpenForReading(configuration);
    private readonly ConcurrentDictionary<string, Lazy<AttestedChain>> _chains = new(StringComparer.Ordinal);

    /// <summary>The evidence, for reading.</summary>
    public ISqlDatabase Evidence => _evidence;

    /// <summary>Records what was not said before of a station's water. The task ends when it is durable, or with what hindered it.</summary>
    /// <param name="station">The station's id.</param>
    /// <param name="raw">The bytes that the readings name.</param>
    /// <param name="settings">The digest of the settings by which the bytes were read.</param>
    /// <param name="bodies">The readings, in the order of the source.</param>
    /// <param name="stop">Gives up waiting for the station's turn.</param>
    public async Task<Attestation> AttestAsync(string station, RawMessage raw, Digest settings, IReadOnlyList<ReadingsBody> bodies, CancellationToken stop)
    {
        if (registry().TrustOf(station) != Trust.Attested)
        {
            return new Attestation($"{station} is not enrolled as attested; 'waterwatch-ingest station enroll --trust attested' does it");
        }

        var chain = _chains.GetOrAdd(station, Chain).Value;
        await chain.Turn.WaitAsync(stop);
        try
        {
            return await AttestAsync(chain, station, raw, settings, bodies);
        }
        finally
        {
            chain.Turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var chain in _chains.Values.Where(c => c.IsValueCreated))
        {
            chain.Value.Dispose();
        }

        _evidence.Dispose();
    }

    private Lazy<AttestedChain> Chain(string station) =>
        new(() => new AttestedChain(configuration.Deployment, station, ImportKeys.Of(configuration.DataDirectory, station), _evidence, time));

    private async Task<Attestation> AttestAsync(AttestedChain chain, string station, RawMessage raw, Digest settings, IReadOnlyList<ReadingsBody> bodies)
    {
        var (news, sum) = NewsOf(station, bodies);
        if (news.Count == 0)
        {
            return sum;
        }

        var signed = chain.Sign(news, settings);
        var arrivals = Examination.Items([.. signed.Select(e => e.Bytes)], configuration.Deployment, registry(), Instant.From(time.GetUtcNow()));
        if (arrivals.Any(a => a is not RecordArrival))
        {
            return new Attestation($"the import key {chain.Key.Id} of {station} is not enrolled, or revoked; 'waterwatch-ingest station enroll --trust attested' enters it");
        }

        try
        {
            await write([.. arrivals.Select(a => (RecordArrival)a with { Raw = raw, Attested = true })]);
            chain.Durable(signed);
            return sum;
        }
        catch
        {
            chain.Forget();
            throw;
        }
    }

    private (IReadOnlyList<ReadingsBody> News, Attestation Sum) NewsOf(string station, IReadOnlyList<ReadingsBody> bodies)
    {
        var (said, sum, news) = (new Dictionary<(string, string, Instant), string>(), new Attestation(null), new List<ReadingsBody>());
        foreach (var body in bodies)
        {
            var readings = body.Readings.Where(reading => IsNews(station, reading, said, ref sum)).ToList();
            if (readings.Count > 0)
            {
                news.Add(body with { Readings = readings });
            }
        }

        return (news, sum);
    }

    private bool IsNews(string station, Reading reading, Dictionary<(string, string, Instant), string> said, ref Attestation sum)
    {
        var (water, says) = ((reading.Parameter, reading.Instrument, reading.SampledTo), AttestedStore.SaidBy(reading));
        var last = said.GetValueOrDefault(water) ?? AttestedStore.LastSaid(_evidence, station, reading);
        said[water] = says;
        sum += new Attestation(null, last is null ? 1 : 0, last is not null && last != says ? 1 : 0, last == says ? 1 : 0);
        return last != says;
    }
}
