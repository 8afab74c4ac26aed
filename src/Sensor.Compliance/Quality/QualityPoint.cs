using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;

namespace Sensor.Compliance.Quality;

/// <summary>One value, or the lack of one, that configured tests look at.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Section">The section's name as the data write it.</param>
/// <param name="Time">When the water had been taken.</param>
/// <param name="Parameter">National factor code.</param>
/// <param name="Series">The station's id or source; empty where none is named.</param>
/// <param name="Instrument">The instrument within the series; empty where none is named.</param>
/// <param name="Value">The value in the unit of the parameter catalogue; null where there is none that stands for the water.</param>
public sealed record QualityPoint(string Section, Instant Time, string Parameter, string Series, string Instrument, ExactDecimal? Value)
{
    /// <summary>The value that tests may look at: none where the station's flag says that it does not stand for the water.</summary>
    /// <param name="value">The measured digits, or null.</param>
    /// <param name="flag">The station's flag.</param>
    public static ExactDecimal? ValueOf(MeasuredValue? value, string flag) =>
        value is { } digits && Flag.UseOf(flag) is FlagUse.Usable or FlagUse.BelowDetection or FlagUse.AboveRange ? ExactDecimal.From(digits) : null;
}

/// <summary>What one configured test said about one point.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Test">The test.</param>
/// <param name="Result">Its flag and the numbers that decided.</param>
public sealed record TestResult(ConfiguredTest Test, QualityResult Result);
