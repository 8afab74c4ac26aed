using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;

namespace Sensor.Edge.Tests.Support;

/// <summary>A broker in this process that can go down and come back on its port.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private MqttServer? _server;

    public int Port { get; } = FreePort();

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<TestBroker> StartAsync()
    {
        var broker = new TestBroker();
        await broker.UpAsync();
        return broker;
    }

    public async Task UpAsync()
    {
        _server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).WithDefaultEndpointPort(Port).Build());
        await _server.StartAsync();
    }

    public async Task DownAsync()
    {
        await _server!.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await DownAsync();
        }
    }
}
