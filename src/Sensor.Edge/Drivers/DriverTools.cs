using Sensor.Edge.Buses;

namespace Sensor.Edge.Drivers;

/// <summary>What a driver is made with.</summary>
/// <param name="Instrument">The instrument's id, which its readings carry.</param>
/// <param name="Timeout">How long one read may take, waiting for the bus included.</param>
/// <param name="Buses">The station's buses.</param>
/// <param name="Time">The clock for waits; a test steps it.</param>
internal sealed record DriverTools(string Instrument, TimeSpan Timeout, StationBuses Buses, TimeProvider Time);
