using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sensor.Contracts;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Publishing;

/// <summary>
/// Checks the broker's certificate: name, chain, purpose and time. A station that starts without a synchronised clock would find every certificate
/// "not yet valid", and could not reach the broker until somebody sets its clock; so while the clock is not synchronised the certificate is checked
/// at the earliest moment that it can be: the clock's floor, or the beginning of the certificates. Nothing else is forgiven, and never one that
/// had ended before.
/// </summary>
internal sealed class BrokerCertificate(X509Certificate2Collection? authorities, StationClock clock)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Whether the station may speak to the broker that shows a certificate.</summary>
    /// <param name="certificate">What the broker showed.</param>
    /// <param name="sent">The chain as the platform built it, with what the broker sent along.</param>
    /// <param name="errors">What the platform found; its opinion of the chain is replaced by the one here.</param>
    public bool IsTrusted(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        var others = sent?.ChainElements.Select(e => e.Certificate).ToArray() ?? [];
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.ExtraStore.AddRange(others);
        policy.VerificationTimeIgnored = false;
        policy.VerificationTime = Moment([leaf, .. others]);
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return chain.Build(leaf);
    }

    private DateTime Moment(X509Certificate2[] certificates)
    {
        var now = clock.Time.GetUtcNow();
        if (clock.State.Status != ClockStatus.Synchronised)
        {
            var floor = DateTimeOffset.FromUnixTimeMilliseconds(clock.Floor.UnixMilliseconds);
            now = certificates.Select(c => new DateTimeOffset(c.NotBefore.ToUniversalTime())).Append(floor).Append(now).Max();
        }

        return now.LocalDateTime;
    }
}
