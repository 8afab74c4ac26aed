namespace Sensor.Contracts.Hj212;

/// <summary>One measured value of a message.</summary>
/// <param name="Parameter">The factor code as it was sent: national, such as <c>w01019</c>, or of 2005, such as <c>060</c>; see <see cref="Hj212Factors"/>.</param>
/// <param name="Kind">What value it is; one of <see cref="Hj212Readings.Kinds"/>.</param>
/// <param name="Text">The value as it was sent.</param>
/// <param name="Flag">The data flag of its parameter, or null where none was sent.</param>
/// <param name="MakerFlag">EFlag, the maker's own, or null.</param>
/// <param name="SampleTime">SampleTime as it was sent, or null.</param>
/// <param name="Item">The item that it stands in.</param>
public sealed record Hj212Reading(string Parameter, string Kind, string Text, string? Flag, string? MakerFlag, string? SampleTime, Hj212Item Item)
{
    /// <summary>The digits, or null when the text is no plain decimal number of at most 15 digits and 12 decimals.</summary>
    public MeasuredValue? Value => MeasuredValue.TryParse(Text, out var value) ? value : null;
}

/// <summary>Finds the measured values of a message.</summary>
public static class Hj212Readings
{
    /// <summary>
    /// Rtd real-time value, Avg mean, Min, Max, Cou load of a period (HJ 212-2017); of the checks 2062 to 2066 of surface-water stations: Check the
    /// measured value, StandardValue and SpanValue what it is compared with, Water the sample before.
    /// </summary>
    public static IReadOnlyList<string> Kinds { get; } = ["Rtd", "Avg", "Min", "Max", "Cou", "Check", "StandardValue", "SpanValue", "Water"];

    /// <summary>The values in the order of the message, each with the flags and time of its parameter in the same item.</summary>
    public static IEnumerable<Hj212Reading> Of(Hj212Message message) =>
        from item in message.Items
        from field in item.Fields
        let name = Split(field.Name)
        where name.Code.Length > 0 && Kinds.Contains(name.Kind, StringComparer.Ordinal)
        select new Hj212Reading(name.Code, name.Kind, field.Value, Beside(item, name.Code, "Flag"), Beside(item, name.Code, "EFlag"), Beside(item, name.Code, "SampleTime"), item);

    private static (string Code, string Kind) Split(string name)
    {
        var dash = name.LastIndexOf('-');
        return dash < 0 ? ("", name) : (name[..dash], name[(dash + 1)..]);
    }

    private static string? Beside(Hj212Item item, string code, string word) => item.Fields.FirstOrDefault(f => f.Name == $"{code}-{word}")?.Value;
}
