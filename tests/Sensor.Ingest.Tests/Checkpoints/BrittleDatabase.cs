using System.Data.Common;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Tests.Checkpoints;

/// <summary>Fails at one step of its work: at a statement, before a commit, or behind it.</summary>
internal sealed class BrittleDatabase(ISqlDatabase inner, Func<int> failsAt) : ISqlDatabase
{
    private int _step;

    public string Place => inner.Place;

    public int Execute(string sql, params object?[] values) => Step(() => inner.Execute(sql, values));

    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params object?[] values) => Step(() => inner.Query(sql, read, values));

    public long? Number(string sql, params object?[] values) => Step(() => inner.Number(sql, values));

    public T Transaction<T>(Func<T> work)
    {
        var result = inner.Transaction(() =>
        {
            var done = work();
            return Step(() => done);
        });
        return Step(() => result);
    }

    public T Together<T>(Func<T> read) => inner.Together(read);

    public void Dispose() => inner.Dispose();

    private T Step<T>(Func<T> step) => ++_step == failsAt() ? throw new IOException($"the fault of step {_step}") : step();
}
