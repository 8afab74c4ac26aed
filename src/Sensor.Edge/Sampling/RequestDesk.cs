using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sensor.Contracts;
using Sensor.Contracts.Documents;
using Sensor.Edge.Configuration;

namespace Sensor.Edge.Sampling;

/// <summary>
/// Signs what people at the station ask for through the command line. A request is a file of the folder <c>requests</c> in the data directory, which
/// only the station's user can write; its answer stands beside it.
/// </summary>
internal sealed class RequestDesk(StationConfiguration configuration, RecordStore store, TimeProvider time, ILogger logger) : BackgroundService
{
    public const string Waiting = ".json";
    public const string Signed = ".signed";
    public const string Refused = ".refused";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAnswers = TimeSpan.FromDays(1);
    private const long Longest = 65_536;

    /// <summary>The folder of the requests.</summary>
    public static string FolderOf(StationConfiguration configuration) => Path.Combine(configuration.DataDirectory, "requests");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pace, time, stoppingToken).ConfigureAwait(false);
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("Requests cannot be looked at now: {Reason}", e.Message);
            }
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        if (!Directory.Exists(FolderOf(configuration)))
        {
            return;
        }

        foreach (var file in Directory.GetFiles(FolderOf(configuration), "*" + Waiting).Order(StringComparer.Ordinal))
        {
            await AnswerAsync(file, stop).ConfigureAwait(false);
        }

        foreach (var old in Directory.GetFiles(FolderOf(configuration)).Where(f => !f.EndsWith(Waiting, StringComparison.Ordinal) && time.GetUtcNow() - File.GetLastWriteTimeUtc(f) > KeepAnswers))
        {
            File.Delete(old);
        }
    }

    private async Task AnswerAsync(string file, CancellationToken stop)
    {
        try
        {
            var bytes = new FileInfo(file).Length <= Longest ? await File.ReadAllBytesAsync(file, stop).ConfigureAwait(false) : [];
            var wanted = EventRequest.Read(Path.GetFileName(file), bytes, [.. configuration.Instruments.Select(i => i.Id)]);
            await store.AppendAsync(new EventBody(wanted), Maintenance.PositionAfter(wanted), stop).ConfigureAwait(false);
            logger.LogInformation("{Type} by {Actor} is signed.", wanted.Type, wanted.Actor);
            File.Move(file, Path.ChangeExtension(file, Signed), overwrite: true);
        }
        catch (Exception e) when (e is DocumentException or Outbox.UnreadableRecordException)
        {
            await File.WriteAllTextAsync(file, e.Message, stop).ConfigureAwait(false);
            File.Move(file, Path.ChangeExtension(file, Refused), overwrite: true);
        }
    }
}
