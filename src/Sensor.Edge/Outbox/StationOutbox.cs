using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Sensor.Contracts;
using Sensor.Contracts.Keys;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Outbox;

/// <summary>Where a driver stands, stored with the record that brought it there.</summary>
internal sealed record DriverPosition(string Instrument, string Text);

/// <summary>
/// Every record that the station has signed, durable before it is sent, and what each operator has receipted of it.
/// What is deleted when, <see cref="OutboxBounds"/> decides.
/// </summary>
/// <remarks>Thread-safe; one writer at a time, readers beside it.</remarks>
internal sealed class StationOutbox : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lock _readGate = new();
    private readonly FileStream _lock;
    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly RecordWriter _records;
    private readonly OutboxBounds _bounds;
    private readonly ReceiptCheck _receipts;
    private readonly List<RunInfo> _runs;
    private readonly ConcurrentDictionary<string, string> _positions;
    private ChainEnd _end;
    private Coverage _coverage;

    private StationOutbox(FileStream held, SqliteConnection writer, SqliteConnection reader, RecordWriter records, OutboxBounds bounds, ReceiptCheck receipts, IEnumerable<string> operators)
    {
        (_lock, _writer, _reader, _records, _bounds, _receipts) = (held, writer, reader, records, bounds, receipts);
        _runs = RunInfo.All(writer);
        _end = ChainEnd.Of(writer);
        _coverage = Coverage.Load(writer, operators);
        _positions = new(writer.Rows(r => KeyValuePair.Create(r.GetString(0), r.GetString(1)), "SELECT instrument, position FROM driver"), StringComparer.Ordinal);
    }

    /// <summary>Raised after every append and every stored receipt.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>What was damaged, where it is and how much was saved, when this opening had to go on from a damaged outbox; null otherwise.</summary>
    public string? Salvaged { get; private init; }

    /// <summary>The run of this process.</summary>
    public LifeId Run => _runs[^1].Id;

    /// <summary>The position of the last record, which is also how many records the outbox holds.</summary>
    public long Tail => Volatile.Read(ref _end).Position;

    /// <summary>The last sequence of this run.</summary>
    public long LastSequence => Volatile.Read(ref _end).Sequence;

    public Coverage Coverage => Volatile.Read(ref _coverage);

    /// <summary>Opens the outbox, or makes it, and durably begins a new run with its boot record.</summary>
    /// <exception cref="EdgeException">The outbox is damaged, in use, or belongs to another station or key.</exception>
    public static StationOutbox Open(StationConfiguration configuration, ISigner signer, StationClock clock, string software, Synchronisation synchronisation = Synchronisation.Full)
    {
        var file = configuration.OutboxFile;
        var held = OutboxLock.Take(file);
        SqliteConnection? writer = null;
        SqliteConnection? reader = null;
        try
        {
            (writer, var salvaged) = OutboxOpening.Whole(configuration, signer, clock, synchronisation);
            reader = OutboxDatabase.OpenReader(file);
            if (LastSynchronised.In(writer) is { } known)
            {
                clock.RaiseFloor(known);
            }

            var records = new RecordWriter(configuration, signer, clock);
            var outbox = new StationOutbox(held, writer, reader, records, new OutboxBounds(configuration.Outbox, records, clock), new ReceiptCheck(configuration), configuration.Operators.Select(o => o.Id)) { Salvaged = salvaged };
            outbox.BeginRun(configuration.Digest, software);
            return outbox;
        }
        catch (Exception e)
        {
            reader?.Dispose();
            writer?.Dispose();
            held.Dispose();
            if (e is SqliteException sqlite)
            {
                throw OutboxDatabase.Explain(file, sqlite);
            }

            throw;
        }
    }

    /// <summary>Signs and stores a record; when this returns, it survives the loss of power.</summary>
    /// <param name="body">What the record says.</param>
    /// <param name="position">Where its driver stands after it; stored in the same transaction.</param>
    /// <returns>The record's position.</returns>
    /// <exception cref="UnreadableRecordException">The body breaks the rules of the wire; nothing was stored.</exception>
    /// <exception cref="SqliteException">Nothing was stored; see <see cref="OutboxDatabase.IsDamage"/> for whether trying again may help.</exception>
    public long Append(RecordBody body, DriverPosition? position = null) => Append([body], position is null ? [] : [position]);

    /// <summary>Signs and stores records that belong together, all or none, and what is to be remembered after them.</summary>
    /// <inheritdoc cref="Append(RecordBody, DriverPosition?)"/>
    public long Append(IReadOnlyList<RecordBody> bodies, IReadOnlyList<DriverPosition> positions)
    {
        long at;
        lock (_gate)
        {
            using var transaction = _writer.BeginTransaction();
            var coverage = _bounds.MakeRoom(_writer, _runs[^1], _coverage);
            var end = _end;
            foreach (var body in bodies)
            {
                end = _records.Insert(_writer, _runs[^1], null, body);
            }

            foreach (var position in positions)
            {
                _writer.Run("INSERT OR REPLACE INTO driver (instrument, position) VALUES ($0, $1)", position.Instrument, position.Text);
            }

            transaction.Commit();
            Volatile.Write(ref _end, end);
            Volatile.Write(ref _coverage, coverage);
            foreach (var position in positions)
            {
                _positions[position.Instrument] = position.Text;
            }

            at = end.Position;
        }

        Changed.Raise();
        return at;
    }

    /// <summary>Writes something that changes nothing.</summary>
    /// <exception cref="SqliteException">The storage takes nothing now.</exception>
    public void Probe()
    {
        lock (_gate)
        {
            _writer.Run("UPDATE run SET orderly = 0 WHERE number = $0", _runs[^1].Number);
        }
    }

    /// <summary>The durable position of an instrument's driver, or null.</summary>
    /// <remarks>From memory: an instrument is read also while the storage is not.</remarks>
    public string? PositionOf(string instrument) => _positions.GetValueOrDefault(instrument);

    /// <summary>The positions of some sequences of a run, as far as there are any; null where there are none.</summary>
    public SequenceRange? PositionsOf(LifeId run, long first, long last)
    {
        lock (_gate)
        {
            var at = _runs.FindIndex(known => known.Id == run);
            if (at < 0)
            {
                return null;
            }

            var end = at + 1 < _runs.Count ? _runs[at + 1].First - 1 : _end.Position;
            var (from, to) = (_runs[at].First + first - 1, Math.Min(end, _runs[at].First + last - 1));
            return from <= to ? new SequenceRange(from, to) : null;
        }
    }

    /// <summary>The envelopes at some positions, in their order, up to a number of bytes but at least one, and to the first that was deleted meanwhile.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Read(IEnumerable<long> positions, int bytes)
    {
        var read = new List<ReadOnlyMemory<byte>>();
        lock (_readGate)
        {
            foreach (var position in positions)
            {
                var envelope = (byte[]?)_reader.Scalar("SELECT envelope FROM record WHERE position = $0", position);
                bytes -= envelope?.Length ?? 0;
                if (envelope is null || (bytes < 0 && read.Count > 0))
                {
                    break;
                }

                read.Add(envelope);
            }
        }

        return read;
    }

    /// <summary>Verifies a message of an operator's receipt topic and durably stores what it covers.</summary>
    public ReceiptVerdict Accept(string operatorId, ReadOnlyMemory<byte> message)
    {
        if (!_receipts.TryOpen(operatorId, message, out var envelope, out var receipt, out var refusal))
        {
            return new ReceiptVerdict(ReceiptOutcome.Refused, refusal);
        }

        ReceiptVerdict verdict;
        lock (_gate)
        {
            var at = _runs.FindIndex(run => run.Id == receipt.Run);
            if (at < 0)
            {
                return new ReceiptVerdict(ReceiptOutcome.UnknownRun, $"operator {operatorId} receipts run {receipt.Run}, which this outbox does not hold");
            }

            var lastPosition = at + 1 < _runs.Count ? _runs[at + 1].First - 1 : _end.Position;
            verdict = ReceiptDesk.Settle(_writer, envelope, receipt, _runs[at], lastPosition - _runs[at].First + 1, out var covered);
            if (verdict.Outcome is ReceiptOutcome.Accepted or ReceiptOutcome.Regressed)
            {
                Volatile.Write(ref _coverage, _coverage.With(operatorId, _runs[at], lastPosition, covered));
                TellOfDeleted(receipt, _runs[at], lastPosition);
            }
        }

        Changed.Raise();
        return verdict;
    }

    /// <summary>How many records an operator has not receipted.</summary>
    public long Undelivered(string operatorId)
    {
        var coverage = Coverage;
        return Tail - coverage.Of(operatorId).Count;
    }

    /// <summary>Whether every operator has receipted every record.</summary>
    public bool AllDelivered => Coverage.Operators.All(id => Undelivered(id) <= 0);

    /// <summary>Notes that the run ends orderly. Nothing may be appended afterwards.</summary>
    /// <exception cref="SqliteException">It could not be noted.</exception>
    public void EndRun()
    {
        lock (_gate)
        {
            _writer.Run("UPDATE run SET orderly = 1 WHERE number = $0", _runs[^1].Number);
        }
    }

    /// <summary>As <see cref="EndRun"/>, and says why when the storage does not take it.</summary>
    public bool TryEndRun(out string refusal)
    {
        refusal = "";
        try
        {
            EndRun();
        }
        catch (SqliteException e)
        {
            refusal = e.Message;
        }

        return refusal.Length == 0;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            lock (_readGate)
            {
                _reader.Dispose();
                _writer.Dispose();
                _receipts.Dispose();
                _lock.Dispose();
            }
        }
    }

    private string SalvageNote => $"The outbox was damaged; {(long)_writer.Scalar("SELECT count(*) FROM record")!} records of it were whole. Loss records name what is missing between them; whether more was signed behind them is not known.";

    /// <summary>A receipt is also a request for what it leaves out; what was deleted meanwhile is answered with a signed loss.</summary>
    private void TellOfDeleted(Receipt receipt, RunInfo run, long lastPosition)
    {
        var asked = new SequenceRange(run.First, Math.Min(lastPosition, run.PositionOf(ReceiptDesk.Complete(receipt, lastPosition - run.First + 1))));
        using var transaction = _writer.BeginTransaction();
        if (DeletedLosses.Announce(_writer, _records, _runs, _coverage, receipt.Operator, asked))
        {
            transaction.Commit();
            Volatile.Write(ref _end, ChainEnd.Of(_writer));
            Volatile.Write(ref _coverage, _coverage.Without(RemovedRecords.Load(_writer)));
        }
    }

    private void BeginRun(Digest configuration, string software)
    {
        var before = _runs.LastOrDefault();
        var boot = new StationEvent { Type = EventType.Boot, After = software, Kind = before is null ? "first" : before.Orderly ? "orderly" : "unclean", Note = Salvaged is null ? null : SalvageNote };
        var run = new RunInfo((before?.Number ?? 0) + 1, LifeId.Create(), _end.Position + 1, configuration, false);
        using var transaction = _writer.BeginTransaction();
        _writer.Run("INSERT INTO run (number, id, first, configuration, orderly) VALUES ($0, $1, $2, $3, 0)", run.Number, run.Id.ToArray(), run.First, configuration.ToArray());
        _end = _records.Insert(_writer, run, before is null ? null : new PreviousRun(before.Id, _end.Sequence, _end.Digest), new EventBody(boot));
        GapLosses.Announce(_writer, _records, _runs, run, _coverage);
        _end = ChainEnd.Of(_writer);
        if (before is not null && before.Configuration != configuration)
        {
            var change = new StationEvent { Type = EventType.ConfigurationChange, Before = before.Configuration.ToString(), After = configuration.ToString() };
            _end = _records.Insert(_writer, run, null, new EventBody(change));
        }

        transaction.Commit();
        _runs.Add(run);
        _coverage = _coverage.Without(RemovedRecords.Load(_writer));
    }
}
