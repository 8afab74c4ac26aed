using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Hj212;

/// <summary>DataTimes of which nothing was recorded, both ends included.</summary>
internal sealed record Hj212Gap(Instant Begin, Instant End)
{
    private const char Between = '/';

    public bool Covers(Instant dataTime) => dataTime >= Begin && dataTime <= End;

    /// <summary>Reads what <see cref="ToString"/> writes; null for any other text.</summary>
    public static Hj212Gap? Parse(string text) =>
        text.IndexOf(Between) is var at and > 0 && Instant.TryParse(text[..at], out var begin) && Instant.TryParse(text[(at + 1)..], out var end) ? new Hj212Gap(begin, end) : null;

    public override string ToString() => $"{Begin}{Between}{End}";
}
