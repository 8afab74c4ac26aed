using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;

namespace Sensor.Ingest.Peers;

/// <summary>Keeps what another operator signed, and asks for the evidence of what is not the same here.</summary>
/// <remarks>One round at a time.</remarks>
internal sealed class PeerOutcomes(string name, PublicKey key, PeerClient client, PeerStore store, Func<IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task> take, TimeProvider time)
{
    /// <summary>Takes in what it signed since the last round, and which outcomes stand there.</summary>
    /// <exception cref="PeerException">It gives something that it did not sign.</exception>
    public async Task RoundAsync(CancellationToken stop)
    {
        var windows = await client.WindowsAsync(stop);
        var known = store.Signed(name);
        foreach (var outcome in (await client.OutcomesAsync(stop)).Where(o => !known.ContainsKey(o.Digest)).Reverse())
        {
            store.Add(await FetchAsync(outcome, stop));
        }

        var signed = store.Signed(name);
        store.Stand(name, [.. windows.Where(w => signed.GetValueOrDefault(w.Digest) == w)]);
    }

    /// <summary>Fetches the evidence bundle of a statement once, takes in the records in it, and notes whether it holds.</summary>
    public async Task ExamineAsync(PeerStatement statement, CancellationToken stop)
    {
        var bundle = await client.BundleAsync(statement.Digest, stop);
        var report = BundleVerification.Of(bundle, key.Id);
        if (report.Manifest is not null)
        {
            await take(EnvelopeFile.Split(BundleContainer.Read(bundle).Single(m => m.Name == BundleNames.Records).Content).ToList(), stop);
        }

        store.Note(name, statement.Digest, report.Broken is { } broken ? $"{broken.Subject}: {broken.Words}" : report.Outcome!.Digest != statement.Digest ? $"its bundle is that of another outcome, {report.Outcome.Digest}" : "");
    }

    private async Task<PeerStatement> FetchAsync(PeerOutcome outcome, CancellationToken stop)
    {
        var document = await client.DocumentAsync(outcome.Digest, stop);
        var jws = await client.SignatureAsync(outcome.Digest, stop);
        try
        {
            if (Digest.Of(document) != outcome.Digest || !DetachedJws.Parse(jws).Holds(document, ContentTypes.Outcome, key))
            {
                throw new PeerException($"{name} gives for its outcome {outcome.Digest} bytes or a signature that are not its own: they do not verify with its key {key.Id}");
            }

            var read = Compliance.Outcomes.Differences.OutcomeDocument.Read(outcome.Digest.ToString(), document).Single();
            return new PeerStatement
            {
                Peer = name, Agreement = read.Agreement, Section = read.Section, Window = read.Window, Digest = outcome.Digest, Document = document, Jws = jws,
                Supersedes = outcome.Supersedes, SeenAt = Instant.From(time.GetUtcNow()),
            };
        }
        catch (Exception e) when (e is FormatException or DocumentException or InvalidOperationException)
        {
            throw new PeerException($"{name} gives for its outcome {outcome.Digest} something that is none: {e.Message}", e);
        }
    }
}
