using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge export</c>: signed records as a file, for a site without network. Works beside a running station and changes nothing.</summary>
internal static class ExportCommand
{
    private const int ReadAtOnce = 256 * 1024;

    /// <param name="configuration">The station.</param>
    /// <param name="to">The file; it must not exist.</param>
    /// <param name="operatorId">Only what this operator lacks; null for everything.</param>
    public static int Run(StationConfiguration configuration, string to, string? operatorId)
    {
        if (operatorId is not null && configuration.Operators.All(o => o.Id != operatorId))
        {
            Console.Error.WriteLine($"--operator {operatorId} is none of this station's operators: {string.Join(", ", configuration.Operators.Select(o => o.Id))}.");
            return ExitCodes.Mistakes;
        }

        if (File.Exists(to))
        {
            Console.Error.WriteLine($"{to} exists already. Give another name; nothing is written over.");
            return ExitCodes.Mistakes;
        }

        var count = Write(configuration, to, operatorId);
        Console.Error.WriteLine($"{count} records of station {configuration.Station} are in {to}. Enter them with: waterwatch-ingest import --config INGEST.json {Path.GetFileName(to)}");
        return ExitCodes.Done;
    }

    private static long Write(StationConfiguration configuration, string to, string? operatorId)
    {
        using var reader = OutboxReader.Open(configuration);
        var partial = to + ".partial";
        long count = 0;
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                foreach (var envelope in reader.Records(operatorId, ReadAtOnce))
                {
                    file.Write(envelope.Span);
                    count++;
                }

                // A stick is pulled as soon as the command has ended.
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, to);
            return count;
        }
        catch (IOException e)
        {
            throw new EdgeException(ExitCodes.Unexpected, $"{to} cannot be written: {e.Message}", e);
        }
    }
}
