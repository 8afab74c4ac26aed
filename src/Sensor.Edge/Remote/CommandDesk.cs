using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;
using Sensor.Edge.Publishing;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Remote;

/// <summary>
/// Answers each command that an operator truly signed for this station with a record that embeds it: obeyed, or refused with the reason. Whoever is
/// no operator leaves no trace in the chain.
/// </summary>
internal sealed class CommandDesk(StationConfiguration configuration, CommandInbox inbox, IReadOnlyList<IRemoteCommand> commands, RecordStore store, StationOutbox outbox, TimeProvider time, ILogger logger) : BackgroundService
{
    private readonly OperatorMail _mail = new(configuration);
    private readonly CommandRate _rate = new(time);
    private readonly Consents _consents = new(configuration, time);

    public override void Dispose()
    {
        _mail.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await TurnAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A mistake of this program must not end the desk, or with it the station.
                logger.LogCritical(e, "A command could not be answered.");
            }
        }
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        if (await NextAsync(stop).ConfigureAwait(false) is var (operatorId, message) && TryOpen(operatorId, message) is { } order)
        {
            await TakeAsync(order, stop).ConfigureAwait(false);
        }

        foreach (var expired in _consents.TakeExpired())
        {
            await RefuseAsync(expired, $"not every operator ordered the same within {Durations.Format(Consents.Patience)}", stop).ConfigureAwait(false);
        }
    }

    /// <summary>The next message; null when an order that waits for another operator has waited long enough.</summary>
    private async Task<(string Operator, byte[] Message)?> NextAsync(CancellationToken stop)
    {
        if (_consents.Left is not { } left)
        {
            return await inbox.Commands.ReadAsync(stop).ConfigureAwait(false);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var arrived = inbox.Commands.WaitToReadAsync(patience.Token).AsTask();
        await Task.WhenAny(arrived, Task.Delay(left, time, patience.Token)).ConfigureAwait(false);
        await patience.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        return inbox.Commands.TryRead(out var message) ? message : null;
    }

    private Order? TryOpen(string operatorId, byte[] message)
    {
        // An empty message is how a retained one is taken back.
        if (message.Length == 0)
        {
            return null;
        }

        Command command = null!;
        var refusal = _mail.TryOpen(operatorId, message, ContentTypes.Command, out var envelope);
        if (refusal.Length == 0)
        {
            refusal = message.Length > WireLimits.Command ? $"it has {message.Length} bytes, more than {WireLimits.Command}"
                : CommandCodec.TryDecode(envelope.Payload, out command, out var reason) ? _mail.Address(operatorId, command.Operator, command.Deployment, command.Station)
                : $"{reason.Reason}: {reason.Detail}";
        }

        if (refusal.Length == 0)
        {
            return new Order(envelope, command);
        }

        logger.LogWarning("A message on the command topic of {Operator} is not answered: {Reason}.", operatorId, refusal);
        return null;
    }

    private async Task TakeAsync(Order order, CancellationToken stop)
    {
        var (last, digest) = LastOf(order.Command.Operator);
        if (order.Command.Sequence <= last)
        {
            if (order.Command.Sequence == last && order.Envelope.Digest.ToString() != digest)
            {
                logger.LogError("Operator {Operator} signed two commands with the number {Sequence}; the second is not obeyed.", order.Command.Operator, last);
            }

            return;
        }

        if (_consents.Holds(order))
        {
            return;
        }

        if (!_rate.Allows(order.Command.Operator))
        {
            logger.LogWarning("Operator {Operator} sends more than {Most} commands an hour; the rest is not answered now.", order.Command.Operator, CommandRate.MostPerHour);
            return;
        }

        foreach (var withdrawn in _consents.TakeOf(order.Command.Operator))
        {
            await RefuseAsync(withdrawn, "its operator ordered something else before the others ordered the same", stop).ConfigureAwait(false);
        }

        var then = new List<Action?>();
        foreach (var together in Known(order) is { Word: { } word } && IsAccepted(word) ? _consents.Take(word, order) : [order])
        {
            then.Add(await AnswerAsync(together, stop).ConfigureAwait(false));
        }

        // After every answer: it may end this process.
        then.LastOrDefault(action => action is not null)?.Invoke();
    }

    /// <summary>Answers; returns what is to be done now that the answer is durable.</summary>
    private async Task<Action?> AnswerAsync(Order order, CancellationToken stop)
    {
        try
        {
            var known = Known(order) ?? throw new RefusedOrderException($"the command is not known; this station knows {string.Join(", ", commands.Select(c => c.Name))}");
            if (known.Word is { } word && !IsAccepted(word))
            {
                throw new RefusedOrderException($"the station's configuration does not accept '{word}' (commands.accept)");
            }

            var obeyed = await known.ObeyAsync(order, stop).ConfigureAwait(false);
            await store.AppendAsync([.. obeyed.Before, Answer(EventType.CommandObeyed, order, null)], [.. obeyed.Remember, Answered(order)], stop).ConfigureAwait(false);
            logger.LogInformation("Command {Sequence} of {Operator}, {Name}, is obeyed.", order.Command.Sequence, order.Command.Operator, order.Command.Name);
            return obeyed.Then;
        }
        catch (RefusedOrderException e)
        {
            await RefuseAsync(order, e.Message, stop).ConfigureAwait(false);
            return null;
        }
    }

    private async Task RefuseAsync(Order order, string why, CancellationToken stop)
    {
        logger.LogWarning("Command {Sequence} of {Operator}, {Name}, is refused: {Reason}.", order.Command.Sequence, order.Command.Operator, order.Command.Name, why);
        await store.AppendAsync([Answer(EventType.CommandRefused, order, WireText.Fit(why, WireLimits.Note))], [Answered(order)], stop).ConfigureAwait(false);
    }

    private IRemoteCommand? Known(Order order) => commands.FirstOrDefault(c => c.Name == order.Command.Name);

    private bool IsAccepted(string word) => configuration.Commands.Accept.Contains(word);

    private static EventBody Answer(EventType type, Order order, string? note) => new(new StationEvent
    {
        Type = type,
        Actor = order.Command.Operator,
        Kind = order.Command.Name,
        Note = note,
        Command = order.Envelope.Bytes,
    });

    private (long Sequence, string Digest) LastOf(string operatorId)
    {
        var parts = outbox.PositionOf(KeyOf(operatorId))?.Split(' ');
        return parts is [var sequence, var digest] ? (long.Parse(sequence, System.Globalization.CultureInfo.InvariantCulture), digest) : (0, "");
    }

    private static DriverPosition Answered(Order order) =>
        new(KeyOf(order.Command.Operator), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{order.Command.Sequence} {order.Envelope.Digest}"));

    /// <summary>No instrument has a / in its id.</summary>
    private static string KeyOf(string operatorId) => "command/" + operatorId;
}
