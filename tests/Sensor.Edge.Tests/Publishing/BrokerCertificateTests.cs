using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sensor.Contracts;
using Sensor.Edge.Publishing;
using Sensor.Edge.Sampling;
using Sensor.Edge.Tests.Support;

namespace Sensor.Edge.Tests.Publishing;

/// <summary>An authority of 2027 to 2037 and a broker's certificate of one year.</summary>
public sealed class BrokerCertificateTests
{
    private static readonly DateTimeOffset Issued = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly X509Certificate2 Authority = MakeAuthority("CN=authority");
    private static readonly X509Certificate2 Broker = Make(Authority, Issued, "1.3.6.1.5.5.7.3.1");

    [Theory]
    [InlineData("2027-06-01", ClockStatus.Synchronised, true)]
    [InlineData("2026-12-01", ClockStatus.Synchronised, false)]
    [InlineData("2028-06-01", ClockStatus.Synchronised, false)]
    [InlineData("2027-06-01", ClockStatus.Unsynchronised, true)]
    [InlineData("2026-12-01", ClockStatus.Unsynchronised, true)]
    [InlineData("1970-01-01", ClockStatus.Synchronised, true)]
    [InlineData("2028-06-01", ClockStatus.Unsynchronised, false)]
    public void IsTrusted_ByTheClock_ForgivesOnlyWhatAWrongClockExplains(string now, ClockStatus status, bool trusted) =>
        Assert.Equal(trusted, Check(now, status).IsTrusted(Broker, null, SslPolicyErrors.RemoteCertificateChainErrors));

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(SslPolicyErrors.RemoteCertificateNotAvailable)]
    public void IsTrusted_OtherErrors_AreNeverForgiven(SslPolicyErrors errors) =>
        Assert.False(Check("1970-01-01", ClockStatus.Unsynchronised).IsTrusted(Broker, null, errors));

    [Fact]
    public void IsTrusted_OfAnotherAuthorityOrForAnotherPurpose_IsRefusedOnAnyClock()
    {
        using var stranger = MakeAuthority("CN=stranger");
        using var forged = Make(stranger, Issued, "1.3.6.1.5.5.7.3.1");
        using var client = Make(Authority, Issued, "1.3.6.1.5.5.7.3.2");
        foreach (var status in new[] { ClockStatus.Synchronised, ClockStatus.Unsynchronised })
        {
            Assert.False(Check("2027-06-01", status).IsTrusted(forged, null, SslPolicyErrors.RemoteCertificateChainErrors));
            Assert.False(Check("2027-06-01", status).IsTrusted(client, null, SslPolicyErrors.None));
        }
    }

    [Fact]
    public void IsTrusted_EndedBeforeTheStationWasLastSynchronised_IsRefusedAlthoughTheClockIsBehind()
    {
        var clock = new StationClock(new FakeTimeProvider(new DateTimeOffset(2027, 6, 1, 0, 0, 0, TimeSpan.Zero)), new FakeKernelClock { State = new ClockState(ClockStatus.Unsynchronised, null, "kernel") });
        clock.RaiseFloor(Instant.From(new DateTimeOffset(2028, 2, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.False(new BrokerCertificate([Authority], clock).IsTrusted(Broker, null, SslPolicyErrors.None));
    }

    private static BrokerCertificate Check(string now, ClockStatus status) => new(
        [Authority],
        new StationClock(new FakeTimeProvider(DateTimeOffset.Parse(now + "T00:00:00Z", null)), new FakeKernelClock { State = new ClockState(status, null, "kernel") }));

    private static X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Issued, Issued.AddYears(10));
    }

    private static X509Certificate2 Make(X509Certificate2 authority, DateTimeOffset from, string purpose)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], true));
        return request.Create(authority, from, from.AddYears(1), RandomNumberGenerator.GetBytes(8));
    }
}
