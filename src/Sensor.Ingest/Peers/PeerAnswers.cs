using System.Text.Json;
using Sensor.Contracts;
using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Peers;

/// <summary>A run as another operator says that it holds it.</summary>
/// <param name="Station">The station.</param>
/// <param name="Run">The run.</param>
/// <param name="Covered">Which sequences it holds, or knows as lost.</param>
internal sealed record PeerRun(string Station, LifeId Run, SequenceSet Covered);

/// <summary>The runs of which something stands in the log of another operator from a place on.</summary>
/// <param name="Size">The size of its log.</param>
/// <param name="Runs">The runs.</param>
internal sealed record PeerRuns(long Size, IReadOnlyList<PeerRun> Runs)
{
    public static PeerRuns Read(JsonElement json) => new(json.GetProperty("size").GetInt64(), [.. json.GetProperty("runs").EnumerateArray().Select(ReadRun)]);

    private static PeerRun ReadRun(JsonElement json) => new(json.GetProperty("station").GetString()!, LifeId.Parse(json.GetProperty("run").GetString()!), SequenceSet.Parse(json.GetProperty("covered").GetString()!));
}

/// <summary>An outcome in the list of another operator.</summary>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Supersedes">The digest of the one whose place it took; null for none.</param>
internal sealed record PeerOutcome(Digest Digest, Digest? Supersedes)
{
    public static PeerOutcome Read(JsonElement json) => new(
        Digest.Parse(json.GetProperty("digest").GetString()!),
        json.TryGetProperty("supersedes", out var supersedes) && supersedes.GetString() is { } text ? Digest.Parse(text) : null);
}

/// <summary>A window of which a signed outcome stands at another operator.</summary>
/// <param name="Agreement">The agreement's id.</param>
/// <param name="Section">The section.</param>
/// <param name="Window">The window's name.</param>
/// <param name="Digest">The outcome.</param>
internal sealed record PeerWindow(string Agreement, string Section, string Window, Digest Digest)
{
    public static PeerWindow Read(JsonElement json) => new(
        json.GetProperty("agreement").GetString()!, json.GetProperty("section").GetString()!, json.GetProperty("window").GetString()!, Digest.Parse(json.GetProperty("digest").GetString()!));
}
