using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Sensor.Contracts.Wire;
using Sensor.Edge.Configuration;
using Sensor.Edge.Sampling;

namespace Sensor.Edge.Publishing;

/// <summary>The MQTT options of a station: MQTT 5, clean start (the outbox is the queue), last will on the status topic.</summary>
internal static class MqttSetup
{
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>The longest that an answer of the broker may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <exception cref="BrokerException">A file that the options need cannot be read any more.</exception>
    public static MqttClientOptions Options(StationConfiguration configuration, StationClock clock, byte[] will)
    {
        try
        {
            var mqtt = configuration.Mqtt;
            var options = new MqttClientOptionsBuilder()
                .WithTcpServer(mqtt.Host, mqtt.Port)
                .WithProtocolVersion(MqttProtocolVersion.V500)
                .WithClientId(mqtt.ClientId ?? configuration.Station)
                .WithCleanStart(true)
                .WithKeepAlivePeriod(KeepAlive)
                .WithTimeout(Timeout)
                .WithWillTopic(Topics.Status(configuration.Station))
                .WithWillPayload(will)
                .WithWillRetain(true)
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
            if (mqtt.Username is not null)
            {
                options.WithCredentials(mqtt.Username, mqtt.PasswordFile is null ? null : File.ReadAllText(mqtt.PasswordFile).TrimEnd('\r', '\n'));
            }

            if (mqtt.Tls is not null)
            {
                options.WithTlsOptions(tls => Apply(tls, mqtt.Tls, clock));
            }

            return options.Build();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BrokerException(BrokerFault.Refused, e.Message, "Put the file that mqtt names back, readable for this user.", e);
        }
    }

    private static void Apply(MqttClientTlsOptionsBuilder tls, TlsConfiguration configuration, StationClock clock)
    {
        tls.UseTls();
        var authorities = configuration.CaFile is null ? null : new X509Certificate2Collection();
        authorities?.ImportFromPemFile(configuration.CaFile!);
        var check = new BrokerCertificate(authorities, clock);
        tls.WithCertificateValidationHandler(shown => check.IsTrusted(shown.Certificate, shown.Chain, shown.SslPolicyErrors));

        if (configuration.CertificateFile is not null)
        {
            tls.WithClientCertificates([X509Certificate2.CreateFromPemFile(configuration.CertificateFile, configuration.CertificateKeyFile)]);
        }
    }
}
