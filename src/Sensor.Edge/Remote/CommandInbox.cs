using System.Collections.Concurrent;
using System.Threading.Channels;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Remote;

/// <summary>Takes what comes on the topics of commands until the desk has time for it. What finds no room is dropped: its sender repeats what was not answered.</summary>
/// <remarks>Thread-safe; one reader.</remarks>
internal sealed class CommandInbox
{
    private const int Room = 32;
    private readonly Channel<(string Operator, byte[] Message)> _commands = Channel.CreateBounded<(string, byte[])>(new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ConcurrentDictionary<string, byte[]> _offered = new(StringComparer.Ordinal);

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

    /// <summary>The document that came last on the topic of an operator; a signed command names it by its digest.</summary>
    public byte[]? Offered(string operatorId) => _offered.GetValueOrDefault(operatorId);

    private void Offer(string operatorId, ReadOnlyMemory<byte> document)
    {
        if (document.Length is > 0 and <= RemoteConfiguration.LongestDocument)
        {
            _offered[operatorId] = document.ToArray();
        }
    }
}
