using System.Net.Sockets;

namespace Sensor.Ingest;

/// <summary>A port on which the ingest should listen could not be opened; the message names it and the setting that changes it.</summary>
public sealed class PortTakenException : Exception
{
    private PortTakenException(string message, int port, string setting, Exception cause)
        : base(message, cause) => (Port, Setting) = (port, setting);

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The member of the configuration that chooses another, such as <c>http.port</c>.</summary>
    public string Setting { get; }

    internal static PortTakenException For(Exception cause, string address, int port, string setting)
    {
        var taken = cause is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or not SocketException;
        return new PortTakenException(
            $"Port {port} of {address} {(taken ? "is taken by another program" : "cannot be opened: " + cause.Message)}. Choose another with {setting}.", port, setting, cause);
    }
}
