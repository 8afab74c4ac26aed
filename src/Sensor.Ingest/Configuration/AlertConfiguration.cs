using Sensor.Compliance.Quality;
using Sensor.Contracts.Documents;

namespace Sensor.Ingest.Configuration;

/// <summary>What this operator wants to be told of while data come. Nothing of it touches a decision.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AlertConfiguration
{
    /// <summary>How many hours before a value the tests look back, 1 to 744. The default value is 48.</summary>
    public int ContextHours { get; init; } = 48;

    /// <summary>How many hours after sampling a value may still raise an alert as new, 1 to 8784. The default value is 24.</summary>
    public int FreshHours { get; init; } = 24;

    /// <summary>The tests.</summary>
    public required IReadOnlyList<AlertRule> Rules { get; init; }

    internal static AlertConfiguration Read(StrictObject json)
    {
        var alerts = new AlertConfiguration
        {
            ContextHours = (int)json.Whole("contextHours", 1, 744, 48),
            FreshHours = (int)json.Whole("freshHours", 1, 8784, 24),
            Rules = [.. json.Children("tests", least: 1).Select(ReadRule).OfType<AlertRule>()],
        };
        foreach (var twice in alerts.Rules.GroupBy(rule => rule.Test.Name, StringComparer.Ordinal).Where(rules => rules.Count() > 1))
        {
            json.Problem("tests", $"holds {twice.Key} {twice.Count()} times", "Give each a name of its own: alerts are told apart by it");
        }

        json.End();
        return alerts;
    }

    private static AlertRule? ReadRule(StrictObject json)
    {
        var samples = (int)json.Whole("samples", 1, 1000, 1);
        if (ConfiguredTest.Read(json) is not { } test)
        {
            return null;
        }

        if (test.Neighbour is not null)
        {
            json.Problem("test", "compares two sections, whose data do not come together", "Remove it, and run it with waterwatch qc on a file");
        }

        json.End();
        return new AlertRule(test, samples);
    }
}

/// <summary>A test and how many values in a row it must find suspect or worse before it alerts.</summary>
/// <param name="Test">The test.</param>
/// <param name="Samples">The values in a row; what is missing or cannot be judged neither counts nor interrupts.</param>
public sealed record AlertRule(ConfiguredTest Test, int Samples);
