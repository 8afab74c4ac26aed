namespace Sensor.Ingest.Projection;

/// <summary>Writes lines so that one which the server will never take costs only itself.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LineWriter(IInfluxServer server, Action<int, string, string> refused)
{
    /// <summary>Returns when every line is confirmed, or named as refused.</summary>
    public async Task WriteAsync(IReadOnlyList<string> lines, CancellationToken stop)
    {
        if (lines.Count == 0)
        {
            return;
        }

        try
        {
            await server.WriteAsync(lines, stop);
        }
        catch (PointsRefusedException e) when (lines.Count == 1 || e.Dropped == lines.Count)
        {
            refused(lines.Count, lines[0], e.Message);
        }
        catch (PointsRefusedException)
        {
            // Which of them it was the server does not say reliably; what it took already it takes again without harm.
            await WriteAsync([.. lines.Take(lines.Count / 2)], stop);
            await WriteAsync([.. lines.Skip(lines.Count / 2)], stop);
        }
    }
}
