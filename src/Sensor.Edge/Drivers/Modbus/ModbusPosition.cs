namespace Sensor.Edge.Drivers.Modbus;

/// <summary>What of a unit is on record: which result, and which settings.</summary>
/// <param name="Result">The sample time and number of the last result; null where the unit tells neither.</param>
/// <param name="Settings">The settings; null where none are read, or none are on record yet.</param>
internal sealed record ModbusPosition(string? Result, string? Settings)
{
    private const char Between = '|';

    public static ModbusPosition Parse(string? text)
    {
        var parts = text?.Split(Between) ?? [];
        return new ModbusPosition(parts is [{ Length: > 0 } result, ..] ? result : null, parts is [_, var settings] ? settings : null);
    }

    /// <summary>As it is stored; null where there is nothing to store.</summary>
    public string? Text => Settings is null ? Result : Result + Between + Settings;
}
