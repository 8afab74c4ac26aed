namespace Sensor.Edge.Health;

/// <summary>Keeps the first fault for which the station had to stop by itself.</summary>
internal sealed class FatalFault
{
    private EdgeException? _fault;

    public EdgeException? Value => Volatile.Read(ref _fault);

    public void Report(EdgeException fault) => Interlocked.CompareExchange(ref _fault, fault, null);
}
