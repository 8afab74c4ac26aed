using MQTTnet;
using MQTTnet.Formatter;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest.Receiving;

/// <summary>How every connection to an external broker begins.</summary>
internal static class BrokerOptions
{
    public static MqttClientOptionsBuilder Of(ExternalBroker settings, string clientId)
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer(settings.Host, settings.Port).WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(clientId);
        if (settings.Tls)
        {
            options.WithTlsOptions(tls => tls.UseTls());
        }

        if (settings.Username is { } user)
        {
            var password = settings.PasswordFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : "";
            options.WithCredentials(user, password);
        }

        return options;
    }
}
