using Sensor.Contracts;
using Sensor.Contracts.Hj212;
using Sensor.Ingest.Configuration;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Interop;

/// <summary>Decides what becomes of a frame: data are durable before they are answered, and what is not taken is a dead letter with its reason and stays unanswered.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Hj212Intake(Hj212ImportConfiguration import, Attestor attestor, Func<IReadOnlyList<Arrival>, Task> write, InteropMeters meters, TimeProvider time)
{
    private readonly Dictionary<string, (Hj212StationConfiguration Station, Digest Settings, Hj212Gaps Gaps)> _stations = import.Stations.ToDictionary(
        s => s.Mn, s => (s, Digest.Of(System.Text.Encoding.UTF8.GetBytes(s.Canonical())), new Hj212Gaps(s, attestor.Evidence, time)), StringComparer.Ordinal);

    /// <summary>What is sent back, in its order; null where the frame was refused.</summary>
    public async Task<IReadOnlyList<Hj212Message>?> TakeAsync(Hj212Cut.Frame frame, string caller, CancellationToken stop)
    {
        if (Hj212Reader.Read(frame, out var refusal) is not { } message)
        {
            return await RefuseAsync("hj212-segment", refusal!.Reason, caller, frame.Segment);
        }

        if (!_stations.TryGetValue(message.Station, out var known))
        {
            return await RefuseAsync("hj212-station", $"no logger with MN={message.Station} is configured", caller, frame.Segment);
        }

        if (known.Station.Password is { } password && message.Password != password)
        {
            return await RefuseAsync("hj212-password", $"the frame of MN={message.Station} has not the PW that is configured", caller, frame.Segment);
        }

        if (message.System == "91" || message.Command != known.Station.Command)
        {
            return Answer(message, known.Station.Dialect);
        }

        var raw = new RawMessage(frame.Segment, $"hj212 {caller}");
        if (Hj212MessageReadings.Of(message, known.Station, raw.Name, out var wrong) is not { } body)
        {
            return message.Items.Count == 0 ? Answer(message, known.Station.Dialect) : await RefuseAsync("hj212-time", wrong!, caller, frame.Segment);
        }

        var taken = await attestor.AttestAsync(known.Station.Station, raw, known.Settings, [body], stop);
        meters.Count("hj212", taken);
        return taken.Refusal is { } hindrance
            ? await RefuseAsync("hj212-not-enrolled", hindrance, caller, frame.Segment)
            : [.. Answer(message, known.Station.Dialect), .. known.Gaps.Request(message) is { } request ? [request] : Array.Empty<Hj212Message>()];
    }

    /// <summary>Keeps bytes that are no frame.</summary>
    public Task KeepAsync(Hj212Refusal refusal, string caller, ReadOnlyMemory<byte> heard) =>
        RefuseAsync("hj212-" + refusal.Kind.ToString().ToLowerInvariant(), $"byte {refusal.Offset} of the connection: {refusal.Reason}; what was heard last is kept", caller, heard);

    /// <summary>Data and the sign of life are answered with 9014, notices with 9013, where the logger asks for it; answers to us are not.</summary>
    private static IReadOnlyList<Hj212Message> Answer(Hj212Message message, Hj212Dialect dialect) =>
        !message.WantsAnswer || message.Exchange is null || message.System == "91" ? []
        : message.Command == "1013" ? [Hj212Answers.Notice(message, dialect)]
        : message.Command[0] is '2' or '3' || (message.Command == "9015" && dialect.HasHeartbeat) ? [Hj212Answers.Data(message, dialect)]
        : [];

    private async Task<IReadOnlyList<Hj212Message>?> RefuseAsync(string reason, string detail, string caller, ReadOnlyMemory<byte> bytes)
    {
        await write([new RefusedArrival($"hj212 {caller}", reason, detail, bytes)]);
        return null;
    }
}
