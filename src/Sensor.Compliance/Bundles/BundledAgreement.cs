using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes.Differences;

namespace Sensor.Compliance.Bundles;

/// <summary>The agreement of a bundle and the window that its outcome decides.</summary>
/// <param name="History">The agreement in its versions.</param>
/// <param name="Window">The window.</param>
internal sealed record BundledAgreement(AgreementHistory History, AssessedWindow Window)
{
    /// <summary>Reads the agreement and finds the window.</summary>
    /// <exception cref="BundleFault">They are not those of the outcome.</exception>
    /// <exception cref="Contracts.Documents.DocumentException">A document has mistakes.</exception>
    public static BundledAgreement Read(BundleMembers members, OutcomeDocument outcome)
    {
        var names = members.In(BundleNames.Agreements);
        BundleFault.Unless(names.Count > 0, "the agreement is missing");
        var versions = names.Select(name => (Name: name, Agreement: AgreementDocument.Read(name, members[name]))).ToList();
        var misnamed = versions.Find(v => v.Name != BundleNames.Agreement(v.Agreement.Version) || v.Agreement.Id != outcome.Agreement);
        BundleFault.Unless(misnamed.Name is null, $"{misnamed.Name} holds version {misnamed.Agreement?.Version} of {misnamed.Agreement?.Id}");
        var history = AgreementHistory.Of(versions.Select(v => v.Agreement));
        var window = history.Windows.FirstOrDefault(w => w.Window.Label == outcome.Window && w.Window.Offset.Format(w.Window.Start) == outcome.From && w.Window.Offset.Format(w.Window.End) == outcome.To);
        BundleFault.Unless(window is not null, $"the agreement has no window {outcome.Window} from {outcome.From} to {outcome.To}");
        BundleFault.Unless(window!.Agreement.Digest.ToString() == outcome.AgreementDigest, $"the outcome was decided under an agreement with the SHA-256 {outcome.AgreementDigest}; version {window.Agreement.Version}, which assesses the window, has {window.Agreement.Digest}");
        BundleFault.Unless(window.Agreement.FindSection(outcome.Section) is { ReferenceOnly: false }, $"the agreement does not decide about the section {outcome.Section}");
        return new BundledAgreement(history, window);
    }

    /// <summary>What was found.</summary>
    public string Words => $"version {Window.Agreement.Version} of {History.Id} assesses the window and has the SHA-256 that the outcome names, {Window.Agreement.Digest}; compare it with your own copy"
        + (Window.Agreement.Illustrative ? "; ILLUSTRATIVE, no money may move on it" : "");
}
