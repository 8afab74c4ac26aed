using Polly;
using Sensor.Contracts.Keys;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Receiving;

namespace Sensor.Ingest.Peers;

/// <summary>Compares with one other operator, round after round, on a task of its own: nobody waits for it, and an operator that is away heals by itself.</summary>
internal sealed class PeerLoop : IAsyncDisposable
{
    private readonly PeerConfiguration _peer;
    private readonly string _deployment;
    private readonly PublicKey _key;
    private readonly PeerClient _client;
    private readonly PeerRecords _records;
    private readonly PeerOutcomes _outcomes;
    private readonly Func<IEnumerable<PeerStatement>> _disputed;
    private readonly ResiliencePipeline _retry;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _one = new(1);
    private Task _loop = Task.CompletedTask;

    /// <param name="peer">The other operator.</param>
    /// <param name="deployment">The deployment, which has to be its own too.</param>
    /// <param name="host">What a peer needs of this operator.</param>
    /// <param name="store">Where its statements are kept.</param>
    /// <param name="disputed">Its statements that are not the same here and whose evidence was not looked at yet.</param>
    /// <param name="logger">Says what cannot be done.</param>
    /// <param name="time">The clock of the pauses.</param>
    public PeerLoop(PeerConfiguration peer, string deployment, PeerHost host, PeerStore store, Func<IEnumerable<PeerStatement>> disputed, ILogger logger, TimeProvider time)
    {
        (_peer, _deployment, _disputed, _logger, _time) = (peer, deployment, disputed, logger, time);
        (_key, _client) = (PublicKey.FromPem(peer.PublicKeyPem), new PeerClient(peer));
        _records = new PeerRecords(peer.Operator, _client, host.Covered, host.IsKnown, host.Take, logger);
        _outcomes = new PeerOutcomes(peer.Operator, _key, _client, store, host.Take, time);
        _retry = ReconnectPipeline.Create(Failed, time);
    }

    /// <summary>Why the last round failed; null where it did not, or none was tried yet.</summary>
    public string? Problem { get; private set; }

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>One round at a time: records, outcomes, evidence of what differs.</summary>
    /// <exception cref="PeerException">The other operator does not answer, or answers otherwise than an operator does.</exception>
    public async Task RoundAsync(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            await CompareAsync(stop);
            Problem = null;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _client.Dispose();
        _key.Dispose();
        _stop.Dispose();
        _one.Dispose();
    }

    private async Task CompareAsync(CancellationToken stop)
    {
        var (deployment, keyId) = await _client.OperatorAsync(stop);
        if (deployment != _deployment || keyId != _key.Id.ToString())
        {
            throw new PeerException($"{_peer.Url} is not {_peer.Operator} of {_deployment}: it says that it is of {deployment} with the key {keyId}, and the configuration has {_key.Id}. Compare the fingerprints with the other side");
        }

        await _records.RoundAsync(stop);
        await _outcomes.RoundAsync(stop);
        foreach (var statement in _disputed().ToList())
        {
            await _outcomes.ExamineAsync(statement, stop);
        }
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await _retry.ExecuteAsync(async stop => await RoundAsync(stop), _stop.Token);
                await Task.Delay(_peer.Every, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; the next start compares everything again.
        }
    }

    private void Failed(Exception e, TimeSpan pause)
    {
        Problem = e.Message;
        _logger.LogWarning("Operator {Peer}: {Reason}. Trying again in {Seconds} s", _peer.Operator, e.Message, (int)pause.TotalSeconds);
    }
}
