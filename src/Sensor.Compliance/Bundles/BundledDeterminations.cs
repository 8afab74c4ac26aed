using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts.Wire;

namespace Sensor.Compliance.Bundles;

/// <summary>The determinations of a bundle.</summary>
/// <param name="Applied">Those that decide the window; null where nothing was determined about it.</param>
/// <param name="Words">What was found.</param>
internal sealed record BundledDeterminations(Determinations? Applied, string Words)
{
    /// <summary>Reads every version up to the one that decides, and checks that all parties signed each.</summary>
    /// <exception cref="BundleFault">They are not those of the outcome, or a signature does not hold.</exception>
    /// <exception cref="Contracts.Documents.DocumentException">A document has mistakes, or the versions do not follow each other.</exception>
    public static BundledDeterminations Read(BundleMembers members, BundleManifest manifest, BundledAgreement agreement, OutcomeDocument outcome)
    {
        var names = members.In(BundleNames.DeterminationsFolder);
        if (outcome.DeterminationsDigest is null)
        {
            BundleFault.Unless(names.Count == 0 && manifest.Parties.Count == 0, "the outcome rests on no determinations, and the bundle holds some or names keys of parties");
            return new BundledDeterminations(null, "the outcome rests on none");
        }

        var parties = agreement.History.Latest.Parties.Select(p => p.Id).ToList();
        BundleFault.Unless(manifest.Parties.Keys.Order(StringComparer.Ordinal).SequenceEqual(parties.Order(StringComparer.Ordinal), StringComparer.Ordinal), "the manifest does not name the key of each party of the agreement");
        var history = DeterminationHistory.Of(names.Where(n => n.EndsWith(".json", StringComparison.Ordinal)).Select(name => Determinations.Read(name, members[name])));
        RequireNames(names, history, parties);
        foreach (var version in history.Versions)
        {
            RequireSignatures(members, manifest, version);
        }

        return Deciding(history, manifest, agreement, outcome);
    }

    private static void RequireNames(IReadOnlyList<string> names, DeterminationHistory history, List<string> parties)
    {
        var expected = history.Versions.SelectMany(v => parties.Select(p => BundleNames.DeterminationsSignature(v.Version!.Value, p)).Append(BundleNames.Determinations(v.Version!.Value)));
        BundleFault.Unless(expected.Order(StringComparer.Ordinal).SequenceEqual(names, StringComparer.Ordinal), "the determinations are not versions from 1 on, each with the signature of every party and nothing else");
    }

    private static void RequireSignatures(BundleMembers members, BundleManifest manifest, Determinations version)
    {
        var number = version.Version!.Value;
        BundleFault.Unless(version.Agreement == manifest.Agreement, $"version {number} of the determinations is about {version.Agreement}");
        foreach (var (party, key) in manifest.Parties)
        {
            members.RequireSignature(BundleNames.DeterminationsSignature(number, party), members[BundleNames.Determinations(number)].Span, ContentTypes.Determination, key);
        }
    }

    private static BundledDeterminations Deciding(DeterminationHistory history, BundleManifest manifest, BundledAgreement agreement, OutcomeDocument outcome)
    {
        var applied = history.For(agreement.Window.Agreement, outcome.Section, agreement.Window.Window);
        BundleFault.Unless(applied is not null && applied.Digest.ToString() == outcome.DeterminationsDigest && applied == history.Versions[^1], $"the outcome rests on determinations with the SHA-256 {outcome.DeterminationsDigest}; those of the bundle that decide the window have {applied?.Digest.ToString() ?? "none"}");
        var signed = string.Join(", ", manifest.Parties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} with {p.Value}"));
        return new BundledDeterminations(applied, $"version {applied!.Version} decides the window; every version was signed by {signed}; compare the fingerprints");
    }
}
