using Sensor.Contracts;
using Sensor.Ingest.Registry;
using Sensor.Ingest.Tests.Support;

namespace Sensor.Ingest.Tests.Registry;

public sealed class KeyRecoveryTests
{
    [Fact]
    public void Recover_SignatureAndFingerprint_FindsTheKey()
    {
        for (var i = 0; i < 8; i++)
        {
            using var station = new TestStation("ST-1");
            var envelope = station.Next();

            using var found = KeyRecovery.Recover(envelope.Digest, envelope.Signature.Span, station.Key.Public.Id);

            Assert.Equal(station.Key.Public.SubjectPublicKeyInfo.ToArray(), found!.SubjectPublicKeyInfo.ToArray());
            Assert.Null(KeyRecovery.Recover(Digest.Of([1]), envelope.Signature.Span, station.Key.Public.Id));
        }
    }
}
