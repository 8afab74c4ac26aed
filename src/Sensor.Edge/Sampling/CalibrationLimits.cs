using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Edge.Sampling;

/// <summary>The limits by which a calibration or check passes, as the station's operating procedure states them: there is no usual one.</summary>
/// <param name="Tolerance">How far a reading of a check may lie from its standard, and after an adjustment too, in the parameter's unit; null where it does not decide.</param>
/// <param name="LeastSlope">The least slope of the readings before adjustment over the standards, in per cent; null where it does not decide.</param>
/// <param name="MostSlope">The largest; null likewise.</param>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record CalibrationLimits(decimal? Tolerance, decimal? LeastSlope, decimal? MostSlope)
{
    /// <summary>Whether all limits that are stated are met; null where none is, or a reading that one needs is missing.</summary>
    public bool? Passed(IReadOnlyList<CalibrationPoint> points)
    {
        var verdicts = new List<bool?>();
        if (Tolerance is { } tolerance)
        {
            verdicts.AddRange(points.Select(p => (p.After ?? p.Before) is { } read ? Math.Abs(Amount(read) - Amount(p.Standard)) <= tolerance : (bool?)null));
        }

        if (LeastSlope is not null || MostSlope is not null)
        {
            var slope = Slope(points);
            verdicts.Add(slope is { } s ? s >= (LeastSlope ?? decimal.MinValue) && s <= (MostSlope ?? decimal.MaxValue) : null);
        }

        return verdicts.Contains(false) ? false : verdicts.Count == 0 || verdicts.Contains(null) ? null : true;
    }

    /// <summary>The slope between the lowest and the highest standard, by the readings before adjustment, in per cent; null with fewer than two.</summary>
    public static decimal? Slope(IReadOnlyList<CalibrationPoint> points)
    {
        var read = points.Where(p => p.Before is not null).OrderBy(p => Amount(p.Standard)).ToList();
        return read is [var low, .., var high] && Amount(high.Standard) != Amount(low.Standard)
            ? 100 * (Amount(high.Before!.Value) - Amount(low.Before!.Value)) / (Amount(high.Standard) - Amount(low.Standard))
            : null;
    }

    /// <summary>Limits and slope in words, for the event's note.</summary>
    public string Words(IReadOnlyList<CalibrationPoint> points)
    {
        var words = new List<string>();
        if (Tolerance is { } tolerance)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"tolerance {tolerance}"));
        }

        if (LeastSlope is not null || MostSlope is not null)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"slope {(Slope(points) is { } s ? Math.Round(s, 2) : null)} % of {LeastSlope} to {MostSlope} %"));
        }

        return string.Join("; ", words);
    }

    private static decimal Amount(MeasuredValue value) => decimal.Parse(value.ToString(), CultureInfo.InvariantCulture);
}
