using System.Data.Common;
using Sensor.Ingest.Archives;

namespace Sensor.Ingest.Evidence;

/// <summary>One connection to a database, durable at every commit. Statements are in the SQL that SQLite and PostgreSQL share.</summary>
/// <remarks>Thread-safe: every member takes the lock of the connection, and a transaction keeps it to its end.</remarks>
internal interface ISqlDatabase : IDisposable
{
    /// <summary>Where it is, as messages name it: a file, or a host and database without the password.</summary>
    string Place { get; }

    /// <summary>Where the bytes of evidence are that were moved to an archive; null where none can be moved.</summary>
    EvidenceArchive? Archive => null;

    /// <summary>Runs a statement; its parameters are $1, $2 and so on.</summary>
    /// <returns>How many rows it touched.</returns>
    int Execute(string sql, params object?[] values);

    /// <summary>Reads every row of a query.</summary>
    List<T> Query<T>(string sql, Func<DbDataReader, T> read, params object?[] values);

    /// <summary>The whole number in the first column of the first row; null where there is no row or no value.</summary>
    long? Number(string sql, params object?[] values);

    /// <summary>Runs some work as one transaction, undone whole when the work or the commit fails.</summary>
    T Transaction<T>(Func<T> work);

    /// <summary>Reads with several queries what belongs together, with no transaction of this connection in between.</summary>
    T Together<T>(Func<T> read);
}
