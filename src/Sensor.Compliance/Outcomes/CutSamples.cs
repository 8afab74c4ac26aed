using Sensor.Contracts;

namespace Sensor.Compliance.Outcomes;

/// <summary>A file of joint samples that a cut takes in.</summary>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Supersedes">The files of which it states a result otherwise: what it states counts in their place.</param>
public sealed record CutSamples(Digest Digest, IReadOnlyList<Digest> Supersedes)
{
    internal JsonObject ToJson() => new() { { "sha256", Digest.ToString() }, { "supersedes", JsonList.Of(Supersedes.Order(), s => s.ToString()) } };
}
