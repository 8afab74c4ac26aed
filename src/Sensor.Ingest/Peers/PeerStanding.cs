using Sensor.Compliance.Outcomes.Differences;
using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Peers;

/// <summary>What this operator and another one signed about a window, compared.</summary>
/// <param name="Peer">The other operator.</param>
/// <param name="Agreement">The agreement's id.</param>
/// <param name="Section">The section.</param>
/// <param name="Window">The window's name.</param>
/// <param name="State">How they stand to each other.</param>
/// <param name="Own">The outcome that stands here; null for none.</param>
/// <param name="Theirs">The outcome that stood there when it was last asked; null for none.</param>
/// <param name="Changes">Where both signed and not the same: what differs, first the records on which they rest.</param>
/// <param name="Effect">How much more a party gets by theirs; null where no payment differs.</param>
/// <param name="Fault">What does not hold in the evidence bundle of theirs; null where it holds or was not asked for.</param>
/// <param name="Histories">Signed outcomes of theirs of which none takes the place of another: more than one shows that they signed two histories.</param>
internal sealed record PeerStanding(
    string Peer, string Agreement, string Section, string Window, PeerState State, Digest? Own, Digest? Theirs, IReadOnlyList<OutcomeChange> Changes, PaymentEffect? Effect, string? Fault, IReadOnlyList<Digest> Histories)
{
    /// <summary>Compares.</summary>
    /// <param name="self">This operator.</param>
    /// <param name="peer">The other one.</param>
    /// <param name="own">The outcome that stands here; null for none.</param>
    /// <param name="theirs">What stands there; null for none.</param>
    /// <param name="ever">What it ever signed about the window.</param>
    /// <param name="now">The moment.</param>
    public static PeerStanding Of(string self, PeerConfiguration peer, IssuedOutcome? own, PeerStatement? theirs, IReadOnlyList<PeerStatement> ever, Instant now)
    {
        var (agreement, section, window) = own is null ? (theirs!.Agreement, theirs.Section, theirs.Window) : (own.Agreement, own.Section, own.Window);
        var standing = new PeerStanding(peer.Operator, agreement, section, window, PeerState.Proposed, own?.Digest, theirs?.Digest, [], null, theirs?.Fault is { Length: > 0 } fault ? fault : null, HeadsOf(ever));
        if (own is null || theirs is null)
        {
            var overdue = own is not null && peer.UnansweredAfterDays is { } days && now > own.IssuedAt.PlusMilliseconds(days * 86_400_000L);
            return overdue ? standing with { State = PeerState.Unanswered } : standing;
        }

        return own.Digest == theirs.Digest ? standing with { State = PeerState.Agreed } : standing.Differing(self, OutcomeDocument.Read("own", own.Document).Single(), theirs.Read());
    }

    private PeerStanding Differing(string self, OutcomeDocument own, OutcomeDocument theirs)
    {
        var difference = OutcomeDifference.Between(own, theirs);
        return this with
        {
            State = own.State == "final" && theirs.State == "final" ? PeerState.Disputed : PeerState.Proposed,
            Changes = [.. CutChanges.Between(own, theirs, (self, Peer)), .. difference.Changes],
            Effect = difference.Effect,
        };
    }

    /// <summary>The statements that no other one leads back to.</summary>
    private static IReadOnlyList<Digest> HeadsOf(IReadOnlyList<PeerStatement> ever)
    {
        var superseded = ever.Select(s => s.Supersedes).OfType<Digest>().ToHashSet();
        return [.. ever.Select(s => s.Digest).Where(d => !superseded.Contains(d))];
    }
}
