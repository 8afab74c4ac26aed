using Sensor.Contracts;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Windows;

namespace Sensor.Ingest.Peers;

/// <summary>All other operators of the deployment, and how this one stands to each about every window.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PeerOperators : IAsyncDisposable
{
    private readonly IngestConfiguration _configuration;
    private readonly OutcomeStore _own;
    private readonly PeerStore _store;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<(PeerConfiguration Peer, PeerLoop Loop)> _loops;

    public PeerOperators(IngestConfiguration configuration, OutcomeStore own, PeerHost host, ILogger logger, TimeProvider time)
    {
        (_configuration, _own, _time, _store) = (configuration, own, time, PeerStore.Open(configuration.DataDirectory));
        _loops = [.. configuration.Peers.Select(p => (p, new PeerLoop(p, configuration.Deployment, host, _store, () => ToExamine(p), logger, time)))];
    }

    public void Start()
    {
        foreach (var (_, loop) in _loops)
        {
            loop.Start();
        }
    }

    /// <summary>The operators and why the last round with each failed; null where it did not.</summary>
    public IEnumerable<(PeerConfiguration Peer, string? Problem)> Operators => _loops.Select(l => (l.Peer, l.Loop.Problem));

    /// <summary>How things stand about every window of which somebody signed an outcome, by operator, agreement, section and window.</summary>
    public IReadOnlyList<PeerStanding> Standings() => [.. _configuration.Peers.SelectMany(peer => StandingsOf(peer))];

    /// <summary>What an operator signed; null where it was never seen.</summary>
    public PeerStatement? Find(string peer, Digest digest) => _store.Find(peer, digest);

    /// <summary>One round with every operator, for those who do not want to wait.</summary>
    public async Task RoundAsync(CancellationToken stop)
    {
        foreach (var (_, loop) in _loops)
        {
            await loop.RoundAsync(stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, loop) in _loops)
        {
            await loop.DisposeAsync();
        }

        _store.Dispose();
    }

    /// <param name="peer">The other operator.</param>
    /// <param name="differing">Whether only those are asked for of which both signed an outcome, and not the same.</param>
    private IEnumerable<PeerStanding> StandingsOf(PeerConfiguration peer, bool differing = false)
    {
        var own = _own.Latest().ToDictionary(o => (o.Agreement, o.Section, o.Window));
        var theirs = _store.Standing(peer.Operator).ToDictionary(w => (w.Agreement, w.Section, w.Window));
        var now = Instant.From(_time.GetUtcNow());
        var keys = differing ? own.Keys.Where(key => theirs.TryGetValue(key, out var stands) && stands.Digest != own[key].Digest) : own.Keys.Union(theirs.Keys);
        return keys.Order().Select(key => PeerStanding.Of(
            _configuration.Operator, peer, own.GetValueOrDefault(key), theirs.TryGetValue(key, out var stands) ? _store.Find(peer.Operator, stands.Digest) : null,
            _store.Of(peer.Operator, key.Agreement, key.Section, key.Window), now));
    }

    private IEnumerable<PeerStatement> ToExamine(PeerConfiguration peer) => StandingsOf(peer, differing: true)
        .Where(s => s.State == PeerState.Disputed)
        .Select(s => _store.Find(peer.Operator, s.Theirs!.Value)!)
        .Where(s => s.Fault is null);
}
