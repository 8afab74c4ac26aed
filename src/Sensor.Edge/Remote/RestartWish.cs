using Microsoft.Extensions.Hosting;

namespace Sensor.Edge.Remote;

/// <summary>That the station is to begin again with another configuration.</summary>
internal sealed class RestartWish(IHostApplicationLifetime lifetime)
{
    private volatile bool _wanted;

    public bool Wanted => _wanted;

    public void Raise()
    {
        _wanted = true;
        lifetime.StopApplication();
    }
}
