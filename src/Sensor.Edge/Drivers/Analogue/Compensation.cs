using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers.Analogue;

/// <summary>
/// Temperature compensation of a pH electrode: the slope of Nernst's equation is proportional to the absolute temperature, so the distance from the
/// isopotential point shrinks by (calibration temperature / temperature of the water), both in kelvin.
/// </summary>
/// <param name="CalibratedAt">The temperature of the buffers when the curve was taken, in Cel.</param>
/// <param name="Temperature">The temperature of the water, in Cel.</param>
/// <param name="Isopotential">The pH whose voltage does not depend on the temperature, 7 for common electrodes.</param>
public sealed record Compensation(MeasuredValue CalibratedAt, MeasuredValue Temperature, MeasuredValue Isopotential)
{
    private static readonly Fraction Zero = new(27_315, 100);

    /// <summary>The member <c>compensation</c> of a driver's options, or null.</summary>
    public static Compensation? Read(StrictObject options)
    {
        if (options.OptionalChild("compensation") is not { } read)
        {
            return null;
        }

        var compensation = new Compensation(
            DecimalOption.Read(read, "calibratedAt", "in Cel", "0", "100"),
            DecimalOption.Read(read, "temperature", "in Cel", "0", "100"),
            DecimalOption.ReadOptional(read, "isopotential", "pH", "0", "14") ?? new MeasuredValue(7, 0));
        read.End();
        return compensation;
    }

    internal Fraction Apply(Fraction value)
    {
        var isopotential = Fraction.Of(Isopotential);
        return isopotential + ((value - isopotential) * (Fraction.Of(CalibratedAt) + Zero) / (Fraction.Of(Temperature) + Zero));
    }
}
