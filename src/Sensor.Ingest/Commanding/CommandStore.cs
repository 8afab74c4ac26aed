using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Contracts.Wire;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Commanding;

/// <summary>The commands that this operator has signed, in the order of their numbers, with their answers.</summary>
/// <remarks>Thread-safe, also beside another process: a number is taken by one command only.</remarks>
internal sealed class CommandStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS command(
            station TEXT NOT NULL, sequence INTEGER NOT NULL, envelope BLOB NOT NULL, document BLOB, ordered_by TEXT NOT NULL, evidence_size INTEGER NOT NULL,
            obeyed INTEGER, reason TEXT, run BLOB, record INTEGER, PRIMARY KEY(station, sequence)) WITHOUT ROWID;
        """;

    private readonly Database _database;
    private readonly TimeProvider _time;

    private CommandStore(Database database, TimeProvider time) => (_database, _time) = (database, time);

    /// <summary>Opens the store of a data directory.</summary>
    public static CommandStore Open(string dataDirectory, TimeProvider time) => new(Database.OpenForWriting(Path.Combine(dataDirectory, "commands.db"), [Schema]), time);

    /// <summary>Gives a command its number, signs it and keeps it; it is durable when this returns.</summary>
    /// <param name="make">Makes the command with a number and the moment of signing.</param>
    /// <param name="station">The station.</param>
    /// <param name="document">The document that goes with it.</param>
    /// <param name="key">The operator's key.</param>
    /// <param name="by">Who orders it.</param>
    /// <param name="evidenceSize">The size of the evidence log now: the answer lies beyond it.</param>
    public Command Add(Func<long, Instant, Command> make, string station, byte[]? document, ISigner key, string by, long evidenceSize) => _database.Transaction(() =>
    {
        var sequence = (_database.Number("SELECT max(sequence) FROM command WHERE station = $1", station) ?? 0) + 1;
        var command = make(sequence, Instant.From(_time.GetUtcNow()));
        var envelope = Envelope.Sign(ContentTypes.Command, CommandCodec.Encode(command), key);
        _database.Execute(
            "INSERT INTO command(station, sequence, envelope, document, ordered_by, evidence_size) VALUES($1, $2, $3, $4, $5, $6)", station, sequence, envelope.Bytes.ToArray(), document, by, evidenceSize);
        return command;
    });

    /// <summary>Every command, by station and number.</summary>
    public IReadOnlyList<SentCommand> All() => Read("");

    /// <summary>For each station the command that has waited longest; the next one goes out when it is answered.</summary>
    public IReadOnlyList<SentCommand> Waiting() => [.. Read("WHERE obeyed IS NULL").DistinctBy(c => c.Command.Station)];

    /// <summary>The size of the evidence log when the oldest command was signed that still waits; null where none does.</summary>
    public long? OldestWaiting() => _database.Number("SELECT min(evidence_size) FROM command WHERE obeyed IS NULL");

    /// <summary>Notes an answer; false where the command is not known, or is another one with that number.</summary>
    public bool Answered(string station, Command command, Digest digest, CommandAnswer answer) => _database.Transaction(() =>
        Read("WHERE station = $1 AND sequence = $2", station, command.Sequence) is [var sent] && sent.Envelope.Digest == digest && sent.Answer is null
        && _database.Execute(
            "UPDATE command SET obeyed = $3, reason = $4, run = $5, record = $6 WHERE station = $1 AND sequence = $2",
            station, command.Sequence, answer.Obeyed ? 1 : 0, answer.Reason, answer.Run.ToArray(), answer.Sequence) == 1);

    public void Dispose() => _database.Dispose();

    private List<SentCommand> Read(string where, params object?[] values) => _database.Query(
        $"SELECT envelope, document, ordered_by, obeyed, reason, run, record FROM command {where} ORDER BY station, sequence",
        row =>
        {
            var (command, envelope) = Decode(row.Bytes(0));
            var answer = row.IsDBNull(3) ? null : new CommandAnswer(row.GetInt64(3) == 1, row.OptionalText(4), row.Life(5), row.GetInt64(6));
            return new SentCommand(command, envelope, row.IsDBNull(1) ? null : row.Bytes(1), row.GetString(2), answer);
        },
        values);

    private static (Command Command, Envelope Envelope) Decode(byte[] bytes) =>
        Envelope.TryParse(bytes, out var envelope, out var refusal) && CommandCodec.TryDecode(envelope.Payload, out var command, out refusal)
            ? (command, envelope)
            : throw new InvalidDataException($"commands.db holds a command that cannot be read: {refusal?.Detail}");
}
