using Sensor.Compliance.Cuts;

namespace Sensor.Ingest.Projection;

/// <summary>Puts what was said about one water into the station's own order.</summary>
internal static class Revisions
{
    /// <summary>The versions, the last of which stands; a statement that repeats the one before it is no version of its own.</summary>
    public static IReadOnlyList<Statement> Of(IEnumerable<Statement> statements, RunOrder runs)
    {
        var versions = new List<Statement>();
        var ordered = statements.OrderBy(s => runs.DepthOf(s.Run)).ThenBy(s => s.Run).ThenBy(s => s.Sequence).ThenBy(s => s.Position);
        foreach (var statement in ordered)
        {
            if (versions.Count == 0 || versions[^1].Said != statement.Said)
            {
                versions.Add(statement);
            }
        }

        return versions;
    }
}
