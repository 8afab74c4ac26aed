using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Edge.Drivers.Analogue;

/// <summary>One point of a calibration.</summary>
/// <param name="Signal">The signal in volts.</param>
/// <param name="Value">What it means, in the unit of the reading.</param>
public sealed record CurvePoint(MeasuredValue Signal, MeasuredValue Value);

/// <summary>A calibration: straight lines between its points, and nothing beyond its ends.</summary>
internal sealed class SignalCurve(IReadOnlyList<CurvePoint> points)
{
    private readonly (Fraction Signal, Fraction Value)[] _points = [.. points.Select(point => (Fraction.Of(point.Signal), Fraction.Of(point.Value)))];

    /// <summary>The exact value of a signal, or null outside the end points.</summary>
    public Fraction? At(Fraction signal)
    {
        for (var i = 1; i < _points.Length; i++)
        {
            var (from, to) = (_points[i - 1], _points[i]);
            if (Fraction.Compare(signal, from.Signal) >= 0 && Fraction.Compare(signal, to.Signal) <= 0)
            {
                return from.Value + ((signal - from.Signal) * (to.Value - from.Value) / (to.Signal - from.Signal));
            }
        }

        return null;
    }

    /// <summary>The member <c>curve</c> of a driver's options.</summary>
    public static IReadOnlyList<CurvePoint> Read(StrictObject options)
    {
        var read = new List<CurvePoint>();
        foreach (var entry in options.Children("curve", 2))
        {
            var point = new CurvePoint(DecimalOption.Read(entry, "signal", "in volts"), DecimalOption.Read(entry, "value", "in the unit of the reading"));
            if (read.Count > 0 && Fraction.Compare(Fraction.Of(read[^1].Signal), Fraction.Of(point.Signal)) >= 0)
            {
                entry.Problem("signal", $"{point.Signal} does not lie above {read[^1].Signal} of the point before", "Write the points with rising signals, each signal once");
            }

            read.Add(point);
            entry.End();
        }

        return read;
    }
}
