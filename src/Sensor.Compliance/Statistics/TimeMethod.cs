using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Statistics;

/// <summary>How it is known when water was taken.</summary>
public enum TimeMethod
{
    /// <summary>The station's clock was synchronised: what it said, with its estimated error.</summary>
    Clock,

    /// <summary>Counted on from synchronised records before it in the same boot.</summary>
    AnchorBefore,

    /// <summary>Counted back from synchronised records after it in the same boot.</summary>
    AnchorAfter,

    /// <summary>Bounded by synchronised records on both sides in the same boot.</summary>
    AnchorsBetween,

    /// <summary>After the receipts that the record embeds, and before the first receipt over it.</summary>
    Receipts,

    /// <summary>The synchronised records of the boot, or the receipts, exclude each other: at least one of them is wrong.</summary>
    Contradictory,

    /// <summary>Nothing bounds it on one side at least.</summary>
    Unresolved,
}

/// <summary>The methods as words.</summary>
public static class TimeMethods
{
    /// <summary>The word where no clock of a station dated the water: a file, an import or the instrument states the time, without error.</summary>
    public const string Stated = "stated";

    private static readonly IReadOnlyList<string> Words = ObservationCsv.TimeMethods;

    /// <summary>The word of a method.</summary>
    public static string Word(this TimeMethod method) => Words[(int)method];

    /// <summary>The method of a word; false for any other text.</summary>
    public static bool TryParse(string word, out TimeMethod method)
    {
        method = (TimeMethod)Words.ToList().IndexOf(word);
        return method >= 0;
    }
}
