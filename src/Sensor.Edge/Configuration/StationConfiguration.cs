using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Remote;

namespace Sensor.Edge.Configuration;

/// <summary>Everything a station is told before it starts; docs/station.md describes every member.</summary>
/// <remarks>Immutable and thread-safe. <see cref="Load"/> reads it from a file; a composition root may also make one in code.</remarks>
public sealed record StationConfiguration
{
    /// <summary>The deployment, <c>[a-z0-9-]{1,32}</c>.</summary>
    public required string Deployment { get; init; }

    /// <summary>The station, <c>[A-Z0-9-]{1,32}</c>.</summary>
    public required string Station { get; init; }

    /// <summary>The folder that holds what must survive: the key and the outbox.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The station's private key. The default is <c>station.key.pem</c> in <see cref="DataDirectory"/>.</summary>
    public string KeyFile { get => field ?? Path.Combine(DataDirectory, "station.key.pem"); init; }

    /// <summary>The outbox. The default is <c>outbox.db</c> in <see cref="DataDirectory"/>.</summary>
    public string OutboxFile { get => field ?? Path.Combine(DataDirectory, "outbox.db"); init; }

    /// <summary>How much of it is kept.</summary>
    public OutboxConfiguration Outbox { get; init; } = new();

    /// <summary>The broker.</summary>
    public required MqttConfiguration Mqtt { get; init; }

    /// <summary>The operators that must all have receipted a record before it counts as delivered; 1 to 16.</summary>
    public required IReadOnlyList<OperatorConfiguration> Operators { get; init; }

    /// <summary>What instruments are connected to; none for drivers that need no hardware.</summary>
    public IReadOnlyList<BusConfiguration> Buses { get; init; } = [];

    /// <summary>What sampling plans switch; none by default.</summary>
    public IReadOnlyList<ActuatorConfiguration> Actuators { get; init; } = [];

    /// <summary>The instruments, at least one.</summary>
    public required IReadOnlyList<InstrumentConfiguration> Instruments { get; init; }

    /// <summary>Where metrics are served; null for nowhere.</summary>
    public MetricsConfiguration? Metrics { get; init; }

    /// <summary>Which orders of operators are obeyed.</summary>
    public CommandsConfiguration Commands { get; init; } = new();

    /// <summary>How records are sent.</summary>
    public PublishingConfiguration Publishing { get; init; } = new();

    /// <summary>
    /// SHA-256 of the bytes of the file; every record carries it. One who makes a configuration in code gives the digest of a text that describes it.
    /// </summary>
    public required Digest Digest { get; init; }

    /// <summary>The configurations from afar, where this one was read with them in mind.</summary>
    internal RemoteConfiguration? Remote { get; init; }

    /// <summary>As <see cref="Remote"/>, while this one came from afar and has not proved itself yet.</summary>
    internal RemoteConfiguration? Trial => Remote is { IsOnTrial: true } ? Remote : null;

    /// <summary>The folder to which relative paths of its file are relative; null for one that was made in code.</summary>
    internal string? Folder { get; init; }

    /// <summary>Reads a configuration file. Relative paths in it are relative to the file.</summary>
    /// <exception cref="DocumentException">The file cannot be read or has mistakes; all of them are in the exception.</exception>
    public static StationConfiguration Load(string file)
    {
        try
        {
            return Parse(file, File.ReadAllBytes(file), Path.GetDirectoryName(Path.GetFullPath(file))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DocumentException(file, [new DocumentProblem("", "cannot be read: " + e.Message.TrimEnd('.'), "Give the path of a readable configuration file")]);
        }
    }

    /// <summary>Reads a configuration from its bytes.</summary>
    /// <param name="name">Its name for messages.</param>
    /// <param name="utf8">The JSON.</param>
    /// <param name="folder">The folder to which relative paths are relative.</param>
    /// <exception cref="DocumentException">There are mistakes; all of them are in the exception.</exception>
    public static StationConfiguration Parse(string name, ReadOnlyMemory<byte> utf8, string folder) =>
        StrictDocument.Read(name, utf8, root => new ConfigurationReader(folder).Read(root, Digest.Of(utf8.Span)));
}
