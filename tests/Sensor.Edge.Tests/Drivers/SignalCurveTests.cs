using System.Text.Json;
using Sensor.Contracts;
using Sensor.Edge.Drivers.Analogue;
using WaterWatch.Testing;

namespace Sensor.Edge.Tests.Drivers;

/// <summary>Compares curves with tests/cases/sensors/curve.json, which Python's fractions made.</summary>
public sealed class SignalCurveTests
{
    [Fact]
    public void At_EveryCaseOfPython_GivesTheSameDigits()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests/cases/sensors/curve.json")));
        Assert.Equal(204, cases.RootElement.GetArrayLength());
        Assert.All(cases.RootElement.EnumerateArray(), one => Assert.Equal(one.GetProperty("value").GetString(), Value(one)));
    }

    [Fact]
    public void Round_MoreDigitsThanAValueHas_IsNull()
    {
        Assert.Null(Fraction.Of(new MeasuredValue(MeasuredValue.MaxMantissa, 0)).Round(1));
        Assert.Equal(new MeasuredValue(-3_333, -4), (Fraction.Of(new MeasuredValue(1, 0)) / Fraction.Of(new MeasuredValue(-3, 0))).Round(4));
    }

    private static string? Value(JsonElement one)
    {
        var curve = new SignalCurve([.. one.GetProperty("curve").EnumerateArray().Select(point => new CurvePoint(Decimal(point, "signal"), Decimal(point, "value")))]);
        var at = curve.At(Fraction.Of(Decimal(one, "signal")));
        var compensated = at is not null && one.GetProperty("compensation") is { ValueKind: JsonValueKind.Object } given
            ? new Compensation(Decimal(given, "calibratedAt"), Decimal(given, "temperature"), Decimal(given, "isopotential")).Apply(at)
            : at;
        return compensated?.Round(one.GetProperty("decimals").GetInt32())?.ToString();
    }

    private static MeasuredValue Decimal(JsonElement from, string member) => MeasuredValue.Parse(from.GetProperty(member).GetString()!);
}
