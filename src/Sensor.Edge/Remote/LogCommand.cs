using System.Text;
using Microsoft.Extensions.Logging;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Publishing;

namespace Sensor.Edge.Remote;

/// <summary><c>log</c>: publishes the last lines of the station's log, unsigned, for the operator that asked.</summary>
internal sealed class LogCommand(StationConfiguration configuration, RecentLog log, Func<Publisher> publisher, ILogger logger) : IRemoteCommand
{
    private const int LongestAnswer = 65_536;

    public string Name => "log";

    public string Word => "log";

    public Task<Obedience> ObeyAsync(Order order, CancellationToken stop)
    {
        var arguments = new OrderArguments(order.Command);
        var lines = (int)arguments.Whole("lines", 1, RecentLog.Most);
        arguments.End();
        return Task.FromResult(new Obedience { Then = () => _ = SendAsync(order.Command.Operator, lines) });
    }

    private async Task SendAsync(string operatorId, int lines)
    {
        try
        {
            await publisher().SayAsync(Topics.Log(configuration.Station, operatorId), Text(lines)).ConfigureAwait(false);
        }
        catch (BrokerException e)
        {
            logger.LogWarning("The log could not be sent to {Operator}: {Reason}", operatorId, e.Message);
        }
    }

    /// <summary>The last lines that fit, whole ones only.</summary>
    private byte[] Text(int lines)
    {
        var (fitting, left) = (new List<string>(), LongestAnswer);
        foreach (var line in log.Last(lines).Reverse())
        {
            left -= Encoding.UTF8.GetByteCount(line) + 1;
            if (left < 0)
            {
                break;
            }

            fitting.Insert(0, line + "\n");
        }

        return Encoding.UTF8.GetBytes(string.Concat(fitting));
    }
}
