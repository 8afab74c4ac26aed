using System.Globalization;

namespace WaterWatch.Bench.Ingest;

/// <summary>A figure beside what was aimed at.</summary>
/// <param name="What">What the figure is.</param>
/// <param name="Got">The figure.</param>
/// <param name="Bound">The aim.</param>
/// <param name="AtMost">Whether the aim is not to exceed the bound; otherwise it is to reach it.</param>
/// <param name="Unit">The unit of both.</param>
internal sealed record Aim(string What, double Got, double Bound, bool AtMost, string Unit)
{
    public bool Met => AtMost ? Got <= Bound : Got >= Bound;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"  {What,-66}{Got,10:#,0.##} {Unit,-5}aim {(AtMost ? "at most" : "at least")} {Bound:#,0.##}: {(Met ? "met" : "NOT MET")}");
}
