using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensor.Contracts;
using Sensor.Edge.Health;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Sampling;

/// <summary>Puts records into the outbox and does not give up while trying again may help, such as on a full disk.</summary>
internal sealed class RecordStore(StationOutbox outbox, string file, FatalFault fault, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>Returns when the record is durable.</summary>
    /// <exception cref="UnreadableRecordException">The record breaks the rules of the wire and was not stored.</exception>
    public async Task AppendAsync(RecordBody body, DriverPosition? position, CancellationToken stop)
    {
        for (var pause = FirstPause; ; pause = pause < LongestPause / 2 ? pause * 2 : LongestPause)
        {
            try
            {
                outbox.Append(body, position);
                return;
            }
            catch (SqliteException e) when (OutboxDatabase.IsDamage(e))
            {
                fault.Report(OutboxDatabase.Damaged(file, e.Message.TrimEnd('.'), e));
                lifetime.StopApplication();
                throw new OperationCanceledException("the station stops", e, stop);
            }
            catch (SqliteException e)
            {
                logger.LogError("The outbox {File} does not take records: {Reason}. Free space or repair the storage; trying again in {Pause}.", file, e.Message, pause);
            }

            await Task.Delay(pause, time, stop).ConfigureAwait(false);
        }
    }
}
