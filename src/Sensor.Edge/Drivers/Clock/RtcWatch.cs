using System.Globalization;
using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Clock;

/// <summary>Tells when a real-time clock stops, runs again, leaves the wall clock or comes back to it.</summary>
internal sealed class RtcWatch(TimeSpan tolerance)
{
    /// <summary>The next change, or null. It stays due until its position is durable, so that none is lost.</summary>
    /// <param name="clock">What the clock shows.</param>
    /// <param name="wall">The station's wall clock at that moment.</param>
    /// <param name="position">The durable state, <c>running</c> or <c>stopped</c>, then <c>agrees</c> or <c>differs</c>; null means <c>running agrees</c>.</param>
    public (string Kind, string Before, string After, string Position)? Next(Ds3231Registers clock, Instant wall, string? position)
    {
        var (oscillator, time) = position?.Split(' ') is [var first, var second] ? (first, second) : ("running", "agrees");
        var now = clock.Stopped ? "stopped" : "running";
        if (now != oscillator)
        {
            return ("oscillator", oscillator, now, $"{now} {time}");
        }

        var difference = Difference(clock.Time, wall);
        var state = IsFar(difference, time == "differs") ? "differs" : "agrees";
        return state == time ? null : ("time", time, string.Create(CultureInfo.InvariantCulture, $"{state} by {difference} ms"), $"{oscillator} {state}");
    }

    /// <summary>How far the wall clock lies outside the second that the clock shows, in milliseconds; positive when the clock is ahead.</summary>
    private static long Difference(Instant clock, Instant wall)
    {
        var ahead = clock.UnixMilliseconds - wall.UnixMilliseconds;
        return ahead > 0 ? ahead : ahead < -1_000 ? ahead + 1_000 : 0;
    }

    /// <summary>A difference that was once too large has to halve before it is called agreement.</summary>
    private bool IsFar(long difference, bool was) => Math.Abs(difference) > tolerance.TotalMilliseconds / (was ? 2 : 1);
}
