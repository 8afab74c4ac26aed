using System.Globalization;

namespace Sensor.Edge.Drivers.Ultrasonic;

/// <summary>The echoes of one reading.</summary>
internal sealed record EchoSeries
{
    /// <summary>The distances within the range, in mm.</summary>
    public required IReadOnlyList<int> Distances { get; init; }

    /// <summary>How many lay outside of it.</summary>
    public required int Rejected { get; init; }

    /// <summary>Whether there are as many echoes as were wanted.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Why there are no echoes, or null.</summary>
    public DriverReply.Failed? Problem { get; init; }

    /// <summary>The distance in the middle, or null where too many echoes were rejected.</summary>
    public int? Median => IsComplete ? Distances.Order().ElementAt(Distances.Count / 2) : null;

    /// <summary>The raw signal.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Middle}, rejected {Rejected}");

    private string Middle => (Median, Distances.Count) switch
    {
        ({ } median, var count) => string.Create(CultureInfo.InvariantCulture, $"distance {median} mm, echoes {count} from {Distances.Min()} to {Distances.Max()}"),
        (null, 0) => "echoes 0",
        (null, var count) => string.Create(CultureInfo.InvariantCulture, $"echoes {count} from {Distances.Min()} to {Distances.Max()}"),
    };
}
