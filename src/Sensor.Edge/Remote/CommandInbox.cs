using System.Collections.Concurrent;
using System.Threading.Channels;
using Sensor.Contracts;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Remote;

/// <summary>Takes what comes on the topics of commands until the desk has time for it. What finds no room is dropped: its sender repeats what was not answered.</summary>
/// <remarks>Thread-safe; one reader.</remarks>
internal sealed class CommandInbox
{
    /// <summary>How long an order waits for the document that it names: a broker hands out what it retains in any order.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int Room = 32;
    private readonly Channel<(string Operator, byte[] Message)> _commands = Channel.CreateBounded<(string, byte[])>(new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ConcurrentDictionary<string, byte[]> _offered = new(StringComparer.Ordinal);
    private readonly ChangeSignal _offers = new();

    public CommandInbox(StationConfiguration configuration)
    {
        foreach (var (id, station) in configuration.Operators.Select(o => (o.Id, configuration.Station)))
        {
            Handlers.Add(Topics.Command(station, id), message => _commands.Writer.TryWrite((id, message.ToArray())));
            if (configuration.Commands.Accept.Contains("configuration"))
            {
                Handlers.Add(Topics.Configuration(station, id), document => Offer(id, document));
            }
        }
    }

    /// <summary>What to do with a message, by topic.</summary>
    public Dictionary<string, Action<ReadOnlyMemory<byte>>> Handlers { get; } = new(StringComparer.Ordinal);

    /// <summary>The commands as they came.</summary>
    public ChannelReader<(string Operator, byte[] Message)> Commands => _commands.Reader;

    /// <summary>The document that came last on the topic of an operator, once it is the one that a signed command names by its digest; null where that does not come in <see cref="Patience"/>.</summary>
    public async Task<byte[]?> OfferedAsync(string operatorId, string digest, TimeProvider time, CancellationToken stop)
    {
        var late = Task.Delay(Patience, time, stop);
        while (true)
        {
            var news = _offers.Next;
            if (_offered.GetValueOrDefault(operatorId) is { } document && Digest.Of(document).ToString() == digest)
            {
                return document;
            }

            if (await Task.WhenAny(news, late).ConfigureAwait(false) == late)
            {
                await late.ConfigureAwait(false);
                return null;
            }
        }
    }

    private void Offer(string operatorId, ReadOnlyMemory<byte> document)
    {
        if (document.Length is > 0 and <= RemoteConfiguration.LongestDocument)
        {
            _offered[operatorId] = document.ToArray();
            _offers.Raise();
        }
    }
}
