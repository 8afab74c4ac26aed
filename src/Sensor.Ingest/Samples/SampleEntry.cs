using Sensor.Contracts;

namespace Sensor.Ingest.Samples;

/// <summary>What became of a file of joint samples.</summary>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="New">Results of which nothing was stated before.</param>
/// <param name="Revised">Results that it states otherwise than they were last stated.</param>
/// <param name="Repeated">Results that it states as they were last stated. A file with nothing else is not kept.</param>
internal sealed record SampleEntry(Digest Digest, int New, int Revised, int Repeated)
{
    /// <summary>Whether it says anything that was not said before.</summary>
    public bool HasNews => New + Revised > 0;
}
