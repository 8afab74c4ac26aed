using System.Security.Cryptography;
using Sensor.Compliance.Cuts;
using Sensor.Contracts;
using Sensor.Contracts.Bundles;
using Sensor.Contracts.Documents;
using Sensor.Contracts.Wire;

namespace Sensor.Compliance.Bundles;

/// <summary>Verifies an evidence bundle from its bytes alone: what it holds, who signed it, and that the outcome follows from the records.</summary>
/// <remarks>Pure and thread-safe. docs/evidence.md describes every check.</remarks>
public sealed class BundleVerification
{
    private readonly List<BundleCheck> _held = [];
    private readonly Digest? _operatorKey;
    private string _subject = "container";
    private BundleManifest? _manifest;

    private BundleVerification(Digest? operatorKey) => _operatorKey = operatorKey;

    /// <summary>Verifies.</summary>
    /// <param name="bundle">The whole bundle.</param>
    /// <param name="operatorKey">The fingerprint of the key that must have signed; null where any may have.</param>
    public static BundleReport Of(ReadOnlyMemory<byte> bundle, Digest? operatorKey = null)
    {
        var verification = new BundleVerification(operatorKey);
        try
        {
            return verification.Run(bundle);
        }
        catch (Exception e) when (e is BundleFault or FormatException or DocumentException or CryptographicException or OverflowException)
        {
            return new BundleReport(verification._held, new BundleCheck(verification._subject, e.Message)) { Manifest = verification._manifest };
        }
    }

    private BundleReport Run(ReadOnlyMemory<byte> bundle)
    {
        var container = BundleContainer.Read(bundle);
        Held($"{container.Count} members in {bundle.Length} bytes, and there is no byte beside them that could say anything else");
        using var members = Manifest(container);
        var outcome = Outcome(members);
        var agreement = Do("agreement", () => BundledAgreement.Read(members, outcome.Document), a => a.Words);
        var registry = Do("registry", () => Registry(members, outcome), r => $"{r.KeyCount} keys of stations; has the SHA-256 that the outcome names, {r.Digest}" + string.Concat(r.Revoked.Select(k => $"; note: the key {k.Key} is revoked since {k.Value}, and that its records had arrived before rests on the operator's word")));
        var records = Do("records", () => Records(members, registry), r => $"{r.All.Count} signed records");
        var cut = new BundledCut(records, outcome.Cut, agreement.Window.Agreement.Data.Time is not null);
        Add(cut.Check());
        var log = Do("log", () => BundledLog.Read(members, _manifest!, records), l => l.Words);
        var determinations = Do("determinations", () => BundledDeterminations.Read(members, _manifest!, agreement, outcome.Document), d => d.Words);
        var samples = Do("joint samples", () => BundledSamples.Read(members, outcome.Samples), s => s.Words);
        BundleFault.Unless(members.UnusedKey() is null, $"the key {members.UnusedKey()} signed nothing in the bundle");
        _subject = "recomputation";
        var computation = new BundleComputation(agreement.History, agreement.Window, outcome.Document.Section, outcome.AsOf, registry, records, cut, samples.Files, determinations.Applied);
        Add(RecomputedOutcome.Check(computation, outcome.Document));
        return new BundleReport(_held, null) { Manifest = _manifest, Outcome = outcome.Document, Computation = computation, LogClaims = log.Claims };
    }

    private BundleMembers Manifest(IReadOnlyList<BundleMember> container)
    {
        _subject = "manifest";
        var bytes = container[0].Content;
        _manifest = BundleManifest.Read(bytes.Span);
        var members = BundleMembers.Listed(container, _manifest);
        Held($"{_manifest.Agreement}, {_manifest.Section}, {_manifest.Window}, deployment {_manifest.Deployment}; every member has the length and SHA-256 that it lists");
        _subject = "keys";
        members.ReadKeys();
        Held($"{members.KeyCount} public keys, each named by its own SHA-256");
        _subject = "operator";
        BundleFault.Unless(_operatorKey is not { } expected || expected == _manifest.OperatorKey, $"the manifest names the key {_manifest.OperatorKey}; {_operatorKey} was expected");
        members.RequireSignature(BundleContainer.ManifestSignature, bytes.Span, ContentTypes.Bundle, _manifest.OperatorKey);
        Held($"{_manifest.Operator} signed the manifest with the key {_manifest.OperatorKey}" + (_operatorKey is null ? "; compare this fingerprint with one that you got another way" : ", as expected"));
        return members;
    }

    private BundledOutcome Outcome(BundleMembers members)
    {
        _subject = "signature of the outcome";
        members.RequireSignature(BundleNames.OutcomeSignature, members[BundleNames.Outcome].Span, ContentTypes.Outcome, _manifest!.OperatorKey);
        var outcome = BundledOutcome.Read(members[BundleNames.Outcome], _manifest);
        Held($"the same key signed the outcome: {outcome.Words}");
        return outcome;
    }

    private static RegistryDocument Registry(BundleMembers members, BundledOutcome outcome)
    {
        var registry = RegistryDocument.Read(BundleNames.Registry, members[BundleNames.Registry].Span);
        BundleFault.Unless(registry.Digest.ToString() == outcome.Document.Registry, $"the outcome was decided under a registry with the SHA-256 {outcome.Document.Registry ?? "none"}; that of the bundle has {registry.Digest}");
        return registry;
    }

    private BundledRecords Records(BundleMembers members, RegistryDocument registry) => BundledRecords.Read(
        members[BundleNames.Records], _manifest!.Deployment, (station, id) => registry.StationOf(id) == station ? members.Key(id) : null);

    private T Do<T>(string subject, Func<T> step, Func<T, string> words)
    {
        _subject = subject;
        var result = step();
        Held(words(result));
        return result;
    }

    private void Add(IEnumerable<BundleCheck> checks)
    {
        foreach (var check in checks)
        {
            _held.Add(check);
        }
    }

    private void Held(string words) => _held.Add(new BundleCheck(_subject, words));
}
