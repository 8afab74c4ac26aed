using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Every quality test by its name. docs/quality.md describes them and their parameters.</summary>
public static class QualityTests
{
    private static readonly Dictionary<string, Func<StrictObject, QualityTest>> Readers = new(StringComparer.Ordinal)
    {
        ["time_gap"] = TimeGapTest.Read,
        ["syntax"] = SyntaxTest.Read,
        ["location"] = LocationTest.Read,
        ["gross_range"] = GrossRangeTest.Read,
        ["climatology"] = ClimatologyTest.Read,
        ["spike"] = SpikeTest.Read,
        ["rate_of_change"] = RateOfChangeTest.Read,
        ["flat_line"] = FlatLineTest.Read,
        ["multi_variate"] = MultiVariateTest.Read,
        ["attenuated_signal"] = AttenuatedSignalTest.Read,
        ["neighbour"] = NeighbourTest.Read,
        ["percentile_range"] = PercentileRangeTest.Read,
        ["ammonia_within_total_nitrogen"] = AmmoniaWithinTotalNitrogenTest.Read,
        ["oxygen_saturation"] = OxygenSaturationTest.Read,
        ["identical_vector"] = IdenticalVectorTest.Read,
        ["conductivity_jump"] = ConductivityJumpTest.Read,
    };

    /// <summary>The names, in the order of the QARTOD manuals and ours after them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Readers.Keys];

    /// <summary>Reads the members <c>test</c> and <c>parameters</c>; a parameter that the test does not know is a mistake.</summary>
    /// <param name="json">The object that holds both; numbers in it are texts of their digits.</param>
    /// <returns>The test, or null where its name is a mistake.</returns>
    public static QualityTest? Read(StrictObject json)
    {
        var name = json.Text("test", Readers.ContainsKey, "one of " + string.Join(", ", Names));
        var parameters = json.Child("parameters");
        if (!Readers.TryGetValue(name, out var read))
        {
            return null;
        }

        var test = read(parameters);
        parameters.End();
        return test;
    }
}
