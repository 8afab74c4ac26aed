using Sensor.Contracts;

namespace Sensor.Compliance.Rules;

/// <summary>Parameters as people write them.</summary>
internal static class Symbols
{
    /// <summary>The short name, such as <c>CODMn</c>.</summary>
    public static string Of(string parameter) => ParameterCatalogue.Find(parameter)?.Symbol ?? parameter;

    /// <summary>Several, with commas.</summary>
    public static string Of(IEnumerable<string> parameters) => string.Join(", ", parameters.Select(Of));
}
