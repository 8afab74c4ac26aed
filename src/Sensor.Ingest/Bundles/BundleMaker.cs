using System.Text;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Bundles;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Signing;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Bundles;

/// <summary>Makes the evidence bundle of an outcome, and gives none away that does not verify.</summary>
internal sealed class BundleMaker(BundleSource source)
{
    /// <summary>Makes the bundle.</summary>
    /// <param name="issued">The outcome.</param>
    /// <exception cref="ArgumentException">The bundle would not verify; what does not hold is in the message.</exception>
    public byte[] Make(IssuedOutcome issued)
    {
        var cut = OutcomeCut.Read(issued.Document);
        var agreement = source.Agreements.FirstOrDefault(a => a.Id == issued.Agreement) ?? throw new ArgumentException($"The agreement {issued.Agreement} is not in {source.Configuration.AgreementsDirectory}.");
        var records = new CutRecords(source.Evidence).Of(cut.Stations, agreement, cut.AsOf);
        var bundle = Write(issued, cut, agreement, records);
        if (BundleVerification.Of(bundle, source.Key.Public.Id).Broken is not { } broken)
        {
            return bundle;
        }

        // A record that a loss had closed, or the second of a fork, may have come after the outcome was issued: it rests on what was here then.
        var before = Write(issued, cut, agreement, [.. records.Where(r => r.ReceivedAt <= issued.IssuedAt)]);
        return BundleVerification.Of(before, source.Key.Public.Id).Holds ? before : throw new ArgumentException($"The bundle would not verify. {broken.Subject}: {broken.Words}");
    }

    private byte[] Write(IssuedOutcome issued, OutcomeCut cut, AgreementHistory agreement, IReadOnlyList<LoggedRecord> records)
    {
        var registry = source.Registry.Find(cut.Registry) ?? throw new ArgumentException($"The registry with the SHA-256 {cut.Registry}, on which the outcome rests, is not in the history of the registry.");
        var determinations = Determinations(cut, agreement);
        var parties = determinations.Count == 0 ? [] : source.Configuration.Parties.Where(p => agreement.Latest.Parties.Any(of => of.Id == p.Id)).ToList();
        var log = LogOfBundle.Of(source, records);
        using var keys = new KeysOfBundle(source.Key.Public, parties.ToDictionary(p => p.Id, p => PublicKey.FromPem(p.PublicKeyPem), StringComparer.Ordinal));
        List<BundleMember> members =
        [
            .. agreement.Versions.Select(v => new BundleMember(BundleNames.Agreement(v.Version), AgreementFolder.BytesOf(source.Configuration.AgreementsDirectory!, v.Digest))),
            .. determinations.SelectMany(Members),
            .. keys.Members(records.Select(r => r.Envelope.KeyId).Distinct(), id => registry.TryFindKey(id, out _, out var key) ? key : null),
            .. source.Samples.All().Where(s => cut.Samples.Contains(s.Digest)).Select((s, i) => new BundleMember(BundleNames.Samples(i + 1), s.Bytes)),
            new(BundleNames.Outcome, issued.Document),
            new(BundleNames.OutcomeSignature, Encoding.ASCII.GetBytes(issued.Jws!)),
            new(BundleNames.Registry, Encoding.UTF8.GetBytes(registry.Text)),
            new(BundleNames.Records, EnvelopeSequence.Join([.. records.Select(r => r.Envelope.Bytes)])),
            .. log.Members(),
        ];
        return Sign(issued, members, keys.OfParties);
    }

    private byte[] Sign(IssuedOutcome issued, List<BundleMember> members, IReadOnlyDictionary<string, Digest> parties)
    {
        var manifest = new BundleManifest
        {
            Deployment = source.Configuration.Deployment,
            Operator = source.Configuration.Operator,
            OperatorKey = source.Key.Public.Id,
            Agreement = issued.Agreement,
            Section = issued.Section,
            Window = issued.Window,
            Parties = parties,
            Members = [.. members.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => new ManifestEntry(m.Name, m.Content.Length, Digest.Of(m.Content.Span)))],
        }.ToBytes();
        var signature = DetachedJws.Sign(ContentTypes.Bundle, manifest, source.Key);
        return BundleContainer.Write([new(BundleContainer.Manifest, manifest), new(BundleContainer.ManifestSignature, Encoding.ASCII.GetBytes(signature)), .. members]);
    }

    private List<SignedDeterminations> Determinations(OutcomeCut cut, AgreementHistory agreement)
    {
        var desk = new DeterminationDesk(source.Determinations, source.Agreements, source.Configuration.Parties);
        var versions = cut.Determinations is null ? [] : desk.InEffect(agreement).Versions;
        var last = versions.FirstOrDefault(v => v.Digest == cut.Determinations)?.Version;
        return last is null && cut.Determinations is not null
            ? throw new ArgumentException($"The determinations with the SHA-256 {cut.Determinations}, on which the outcome rests, are not in effect here.")
            : [.. versions.Where(v => v.Version <= last).Join(source.Determinations.All(), v => v.Digest, d => d.Document.Digest, (_, d) => d)];
    }

    private static IEnumerable<BundleMember> Members(SignedDeterminations signed)
    {
        var version = signed.Document.Version!.Value;
        return signed.Signatures.Select(s => new BundleMember(BundleNames.DeterminationsSignature(version, s.Key), Encoding.ASCII.GetBytes(DetachedJws.Parse(s.Value).Text)))
            .Append(new BundleMember(BundleNames.Determinations(version), signed.Bytes));
    }
}
