using System.Text.Json;
using Sensor.Ingest.Interop.Json;

namespace Sensor.Ingest.Tests.Interop.Json;

public sealed class JsonDigitsTests
{
    [Theory]
    [InlineData("1.40", "1.40")]
    [InlineData("0.1", "0.1")]
    [InlineData("-0.05", "-0.05")]
    [InlineData("1e-3", "0.001")]
    [InlineData("1.50E+1", "15.0")]
    [InlineData("1.5e3", "1500")]
    [InlineData("12e-12", "0.000000000012")]
    [InlineData("0.000e2", "0.0")]
    [InlineData("0e9", "0")]
    [InlineData("1e-0003", "0.001")]
    [InlineData("999999999999999", "999999999999999")]
    [InlineData("9007199254740.993", null)]
    [InlineData("123456789012345e1", null)]
    [InlineData("1e15", null)]
    [InlineData("1e-13", null)]
    [InlineData("0.0000000000000", null)]
    [InlineData("1e99999999999999999999", null)]
    [InlineData("\"7.10\"", "7.10")]
    [InlineData("\"7.10 \"", null)]
    [InlineData("\"+7\"", null)]
    [InlineData("\"07\"", null)]
    [InlineData("\"7.1\\n\"", null)]
    [InlineData("\"Infinity\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("[]", null)]
    public void Read_Number_IsItsDigitsOrNothing(string json, string? expected)
    {
        var value = JsonDigits.Read(JsonDocument.Parse(json).RootElement, out var wrong);

        Assert.Equal(expected, value?.ToString());
        Assert.Equal(expected is null, wrong is not null);
    }
}
