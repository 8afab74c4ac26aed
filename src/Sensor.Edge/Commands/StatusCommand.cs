using System.Text.Json;
using Sensor.Edge.Configuration;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge status</c>: what the outbox says, beside a running station or without one.</summary>
internal static class StatusCommand
{
    public static int Run(StationConfiguration configuration)
    {
        using var connection = OutboxReader.Connect(configuration);
        using var transaction = connection.BeginTransaction(deferred: true);
        var end = ChainEnd.Of(connection);
        var coverage = Coverage.Load(connection, configuration.Operators.Select(o => o.Id));
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("deployment", configuration.Deployment);
            json.WriteString("station", configuration.Station);
            json.WriteString("run", RunInfo.All(connection).LastOrDefault()?.Id.ToString());
            json.WriteNumber("lastSequence", end.Sequence);
            json.WriteNumber("records", end.Position);
            json.WriteStartObject("undelivered");
            foreach (var id in coverage.Operators)
            {
                json.WriteNumber(id, end.Position - coverage.Of(id).Count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return ExitCodes.Done;
    }
}
