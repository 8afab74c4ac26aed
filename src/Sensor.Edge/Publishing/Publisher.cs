using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Publishing;

/// <summary>Carries what the outbox holds to the broker and takes the receipts, for as long as the station runs.</summary>
internal sealed class Publisher : BackgroundService
{
    public static readonly TimeSpan StatusPace = TimeSpan.FromSeconds(30);

    private const int LargestMessage = 256 * 1024;
    private static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(100);

    private readonly StationConfiguration _configuration;
    private readonly StationOutbox _outbox;
    private readonly StatusDocument _status;
    private readonly ReceiptBook _book;
    private readonly StationClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _retry;
    private readonly SendPlan _plan;
    private readonly Lock _planGate = new();
    private readonly long _start;
    private readonly Dictionary<string, Action<ReadOnlyMemory<byte>>> _receipts;
    private readonly IReadOnlyDictionary<string, Action<ReadOnlyMemory<byte>>> _commands;
    private volatile BrokerConnection? _connection;

    public Publisher(StationConfiguration configuration, StationOutbox outbox, StatusDocument status, ReceiptBook book, IReadOnlyDictionary<string, Action<ReadOnlyMemory<byte>>> commands, StationClock clock, ILogger logger)
    {
        var time = clock.Time;
        (_configuration, _outbox, _status, _book, _commands, _clock, _time, _logger) = (configuration, outbox, status, book, commands, clock, time, logger);
        _receipts = configuration.Operators.ToDictionary(o => Topics.Receipt(configuration.Station, o.Id), o => (Action<ReadOnlyMemory<byte>>)(message => Receive(o.Id, message)), StringComparer.Ordinal);
        _retry = RetryPolicy.Create(time, logger);
        _plan = new SendPlan(outbox.Coverage.Operators, configuration.Publishing.Window, configuration.Publishing.Batch, configuration.Publishing.ResendAfter);
        _start = time.GetTimestamp();
    }

    /// <summary>Whether there is a connection now.</summary>
    public bool Connected => _connection is not null;

    /// <summary>Publishes something that is no record.</summary>
    /// <exception cref="BrokerException">It could not be published now.</exception>
    public async Task SayAsync(string topic, byte[] payload)
    {
        var connection = _connection ?? throw new BrokerException(BrokerFault.Lost, "there is no connection", "Ask again when there is one.");
        await connection.PublishAsync(topic, payload, retain: false, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Sends records again although they were receipted.</summary>
    public void SendAgain(long first, long last)
    {
        lock (_planGate)
        {
            _plan.SendAgain(first, last);
        }

        _outbox.Changed.Raise();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await _retry.ExecuteAsync(async token => await ServeAsync(token).ConfigureAwait(false), stoppingToken).ConfigureAwait(false);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // What a connection says while the station stops is no news.
        }
    }

    /// <summary>One connection. Returns when it had held long enough for the next one to be tried at once; throws otherwise.</summary>
    private async Task ServeAsync(CancellationToken stop)
    {
        await using var connection = await BrokerConnection.OpenAsync(_configuration, _clock, _status.Will(), _receipts, _commands, stop).ConfigureAwait(false);
        var since = Now;
        _logger.LogInformation("Connected to {Host}:{Port}. Records that wait for a receipt: {Undelivered}.", _configuration.Mqtt.Host, _configuration.Mqtt.Port, _outbox.Coverage.Operators.Max(_outbox.Undelivered));
        lock (_planGate)
        {
            _plan.Reconnected(_outbox.Tail, Now);
        }

        _connection = connection;
        _outbox.Changed.Raise();
        try
        {
            await PumpAsync(connection, stop).ConfigureAwait(false);
        }
        catch (BrokerException e) when (Now - since >= RetryPolicy.Settled)
        {
            _logger.LogWarning("Broker: {Fault} Connecting again.", e.Message);
        }
        finally
        {
            _connection = null;
            if (stop.IsCancellationRequested)
            {
                await SayGoodbyeAsync(connection).ConfigureAwait(false);
            }
        }
    }

    private async Task PumpAsync(BrokerConnection connection, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] pumps = [PumpStatusAsync(connection, ending.Token), PumpLiveAsync(connection, ending.Token), PumpBacklogAsync(connection, ending.Token), connection.Lost.WaitAsync(ending.Token)];
        var first = await Task.WhenAny(pumps).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(pumps).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        await first.ConfigureAwait(false);
    }

    private async Task PumpLiveAsync(BrokerConnection connection, CancellationToken stop)
    {
        var topic = Topics.Records(_configuration.Station);
        while (true)
        {
            var changed = _outbox.Changed.Next;
            if (Take(connection, () => _plan.NextLive(_outbox.Coverage, _outbox.Tail)) is { } message)
            {
                await connection.PublishAsync(topic, message, retain: false, stop).ConfigureAwait(false);
            }
            else
            {
                await changed.WaitAsync(stop).ConfigureAwait(false);
            }
        }
    }

    private async Task PumpBacklogAsync(BrokerConnection connection, CancellationToken stop)
    {
        var topic = Topics.Backlog(_configuration.Station);
        var look = TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerSecond, _configuration.Publishing.ResendAfter.Ticks / 4));
        while (true)
        {
            var changed = _outbox.Changed.Next;
            Observe();
            if (Take(connection, () => _plan.NextBacklog(_outbox.Coverage)) is { } message)
            {
                await connection.PublishAsync(topic, message, retain: false, stop).ConfigureAwait(false);
            }
            else
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await Task.WhenAny(changed, Task.Delay(look, _time, either.Token)).ConfigureAwait(false);
                await either.CancelAsync().ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task PumpStatusAsync(BrokerConnection connection, CancellationToken stop)
    {
        var topic = Topics.Status(_configuration.Station);
        for (var published = ""; ;)
        {
            var (json, fingerprint) = _status.Build(StatusDocument.Online);
            if (fingerprint != published)
            {
                await connection.PublishAsync(topic, json, retain: true, stop).ConfigureAwait(false);
                published = fingerprint;
            }

            await Task.Delay(StatusPace, _time, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Nothing overtakes on a connection: a broker that gets its orderly end has got the status before it, confirmed in time or not.</summary>
    private async Task SayGoodbyeAsync(BrokerConnection connection)
    {
        await WithinGoodbyeAsync(token => connection.PublishAsync(Topics.Status(_configuration.Station), _status.Build(StatusDocument.Offline).Json, retain: true, token)).ConfigureAwait(false);
        await WithinGoodbyeAsync(connection.DisconnectAsync).ConfigureAwait(false);
    }

    private async Task WithinGoodbyeAsync(Func<CancellationToken, Task> say)
    {
        using var patience = new CancellationTokenSource(Goodbye, _time);
        try
        {
            await say(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BrokerException or OperationCanceledException)
        {
            _logger.LogDebug("The broker may publish the last will: {Reason}", e.Message);
        }
    }

    /// <summary>Picks, reads and marks in one step, so that the two pumps cannot both fill the same room.</summary>
    private byte[]? Take(BrokerConnection connection, Func<IReadOnlyList<long>> next)
    {
        lock (_planGate)
        {
            var positions = next();
            if (positions.Count == 0)
            {
                return null;
            }

            var envelopes = _outbox.Read(positions, Math.Min(LargestMessage, connection.LargestPayload));
            if (envelopes.Count == 0)
            {
                return null;
            }

            var message = EnvelopeSequence.Join([.. envelopes]);
            if (message.Length > connection.LargestPayload)
            {
                throw new BrokerException(BrokerFault.Refused, $"a record has {message.Length} bytes and the broker takes {connection.LargestPayload}", $"Raise the broker's maximum packet size to at least {WireLimits.Envelope} bytes.");
            }

            _plan.Sent([.. positions.Take(envelopes.Count)]);
            return message;
        }
    }

    private void Observe()
    {
        lock (_planGate)
        {
            foreach (var silent in _plan.Observe(_outbox.Coverage, Now))
            {
                _logger.LogWarning("Operator {Operator} has not receipted what it was sent; sending again from the oldest. Records it lacks: {Undelivered}.", silent, _outbox.Undelivered(silent));
            }
        }
    }

    private void Receive(string operatorId, ReadOnlyMemory<byte> message)
    {
        try
        {
            var verdict = _outbox.Accept(operatorId, message);
            var (outcome, detail) = verdict;
            _book.Note(operatorId, verdict);
            var level = outcome switch
            {
                ReceiptOutcome.Alarm => LogLevel.Critical,
                ReceiptOutcome.Refused or ReceiptOutcome.Regressed or ReceiptOutcome.UnknownRun => LogLevel.Warning,
                _ => LogLevel.Debug,
            };
            _logger.Log(level, "Receipt of {Operator}: {Outcome}. {Detail}", operatorId, outcome, outcome is ReceiptOutcome.Alarm or ReceiptOutcome.UnknownRun ? $"{detail}. {ReceiptBook.Remedy}" : detail);
        }
        catch (Exception e) when (e is SqliteException or ObjectDisposedException)
        {
            _logger.LogError(e, "A receipt of {Operator} could not be stored; the operator will be sent the records again.", operatorId);
        }
    }
}
