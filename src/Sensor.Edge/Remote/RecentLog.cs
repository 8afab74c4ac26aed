using Microsoft.Extensions.Logging;
using Sensor.Contracts;

namespace Sensor.Edge.Remote;

/// <summary>Keeps the last lines of the log in memory, so that they can be read from afar.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RecentLog(TimeProvider time) : ILoggerProvider
{
    public const int Most = 500;
    private const int LongestLine = 400;
    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();

    /// <summary>The last lines, the oldest first.</summary>
    public IReadOnlyList<string> Last(int count)
    {
        lock (_gate)
        {
            return [.. _lines.Skip(_lines.Count - count)];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
    }

    private void Add(LogLevel level, string message)
    {
        var line = $"{Instant.From(time.GetUtcNow())} {level} {message.ReplaceLineEndings(" ")}";
        lock (_gate)
        {
            _lines.Enqueue(line.Length <= LongestLine ? line : line[..LongestLine]);
            if (_lines.Count > Most)
            {
                _lines.Dequeue();
            }
        }
    }

    private sealed class Writer(RecentLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Add(logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}");
            }
        }
    }
}
