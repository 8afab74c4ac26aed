using System.Net.Sockets;
using Sensor.Ingest.Configuration;

namespace Sensor.Ingest;

/// <summary>Begins to serve HTTP.</summary>
internal static class WebStart
{
    /// <exception cref="PortTakenException">The port is taken.</exception>
    public static async Task ServeAsync(this WebApplication web, HttpConfiguration http, CancellationToken stop)
    {
        try
        {
            await web.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw PortTakenException.For(e, http.Address, http.Port, "http.port");
        }
    }
}
