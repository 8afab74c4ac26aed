using System.CommandLine;
using Sensor.Contracts;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Commands;

/// <summary><c>waterwatch-edge maintenance</c>: signs that maintenance begins or ends, of one instrument or of the station.</summary>
internal sealed class MaintenanceCommand
{
    private readonly Option<bool> _end = new("--end") { Description = "It ends; without this it begins." };
    private readonly Option<string?> _instrument = new("--instrument") { Description = "Only this instrument; without this the whole station." };
    private readonly Option<string> _by = new("--by") { Description = "Who does it.", Required = true };
    private readonly Option<string?> _note = new("--note") { Description = "What is done." };

    public Option[] Options => [_end, _instrument, _by, _note];

    public Task<int> RunAsync(ParseResult parsed, StationConfiguration configuration, CancellationToken cancellation) => RequestCommand.RunAsync(
        configuration,
        new StationEvent
        {
            Type = parsed.GetValue(_end) ? EventType.MaintenanceEnd : EventType.MaintenanceBegin,
            Instrument = parsed.GetValue(_instrument),
            Actor = parsed.GetRequiredValue(_by),
            Note = parsed.GetValue(_note),
        },
        cancellation);
}
