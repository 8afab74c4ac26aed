using Microsoft.Data.Sqlite;
using Sensor.Edge.Commands;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Outbox;

/// <summary>Reads the outbox beside the station that writes it, as it stood when it was opened.</summary>
internal sealed class OutboxReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Coverage _coverage;
    private readonly long _tail;

    private OutboxReader(SqliteConnection connection, StationConfiguration configuration)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction(deferred: true);
        _tail = ChainEnd.Of(connection).Position;
        _coverage = Coverage.Load(connection, configuration.Operators.Select(o => o.Id));
    }

    /// <exception cref="EdgeException">There is no outbox yet.</exception>
    public static OutboxReader Open(StationConfiguration configuration) => new(Connect(configuration), configuration);

    /// <summary>A connection that only reads.</summary>
    /// <exception cref="EdgeException">There is no outbox yet.</exception>
    public static SqliteConnection Connect(StationConfiguration configuration) => File.Exists(configuration.OutboxFile)
        ? OutboxDatabase.OpenReader(configuration.OutboxFile)
        : throw new EdgeException(ExitCodes.Outbox, $"The outbox {configuration.OutboxFile} does not exist. The station has not run yet, or outbox.file is another one.");

    /// <summary>The envelopes in their order.</summary>
    /// <param name="operatorId">Only those that this operator has not receipted; null for all.</param>
    /// <param name="atOnce">About how many bytes are held in memory.</param>
    public IEnumerable<ReadOnlyMemory<byte>> Records(string? operatorId, int atOnce)
    {
        var rows = Math.Max(1, atOnce / 1024);
        for (long from = 0; from < _tail;)
        {
            var read = _connection.Rows(
                r => (Position: r.GetInt64(0), Envelope: r.Bytes(1)), "SELECT position, envelope FROM record WHERE position > $0 ORDER BY position LIMIT $1", from, rows);
            if (read.Count == 0)
            {
                yield break;
            }

            foreach (var (_, envelope) in read.Where(r => operatorId is null || !_coverage.Of(operatorId).Contains(r.Position)))
            {
                yield return envelope;
            }

            from = read[^1].Position;
        }
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }
}
