using Sensor.Ingest.Evidence;

namespace Sensor.Ingest.Archives;

/// <summary>The bytes of entries wherever they are. Whoever selects envelopes of the evidence passes them through here.</summary>
internal static class ArchivedEnvelopes
{
    /// <summary>The bytes of an entry.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="index">The entry's index.</param>
    /// <param name="held">What its row holds: nothing where the bytes were moved to an archive.</param>
    /// <exception cref="IOException">They were moved and their file is not to be found; the message names it.</exception>
    /// <exception cref="InvalidDataException">There are none, and they were never moved.</exception>
    public static byte[] EnvelopeAt(this ISqlDatabase evidence, long index, byte[] held) =>
        held.Length > 0 ? held : (evidence.Archive ?? throw EvidenceArchive.Lost(index)).Read(evidence, index);
}
