using System.Numerics;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>
/// Reads the objects <c>{"value", "source", "certainty"}</c> of an agreement and remembers the uncertain ones,
/// because an agreement that rests on them must call itself illustrative.
/// </summary>
internal sealed class StatedReader
{
    private static readonly string[] Certainties = ["found", "found-and-computed", "known-high", "known-medium", "known-low", "inferred", "invented"];
    private readonly List<string> _uncertain = [];

    /// <summary>The paths of everything less certain than <c>known-high</c>, in the order of reading.</summary>
    public IReadOnlyList<string> Uncertain => _uncertain;

    /// <summary>A number that must be present.</summary>
    public Stated<ExactDecimal> Number(StrictObject parent, string member, Func<ExactDecimal, bool> rule, string expected) =>
        ReadNumber(parent.Child(member), rule, expected);

    /// <summary>A number that may be absent.</summary>
    public Stated<ExactDecimal>? OptionalNumber(StrictObject parent, string member, Func<ExactDecimal, bool> rule, string expected) =>
        parent.OptionalChild(member) is { } json ? ReadNumber(json, rule, expected) : null;

    /// <summary>A whole number that must be present.</summary>
    public Stated<int> Whole(StrictObject parent, string member, int least, int most)
    {
        var stated = Number(parent, member, v => v.Scale == 0 && Between(v.Mantissa, least, most), $"a whole number from {least} to {most}");
        return new Stated<int>(Between(stated.Value.Mantissa, least, most) ? (int)stated.Value.Mantissa : least, stated.Source, stated.Certainty);
    }

    /// <summary>One of several words that must be present.</summary>
    public Stated<string> Word(StrictObject parent, string member, IReadOnlyList<string> words)
    {
        var json = parent.Child(member);
        var word = json.Word("value", words);
        return Finish(json, word);
    }

    /// <summary>The source and certainty of an object whose value the caller has read.</summary>
    public Stated<T> Finish<T>(StrictObject json, T value)
    {
        var (source, certainty) = Provenance(json);
        json.End();
        return new Stated<T>(value, source, certainty);
    }

    /// <summary>The source and certainty beside members that the caller reads; the caller ends the object.</summary>
    public (string Source, Certainty Certainty) Provenance(StrictObject json)
    {
        var source = json.Text("source", expected: "where the number is stated, or why it was chosen");
        var certainty = (Certainty)Array.IndexOf(Certainties, json.Word("certainty", Certainties));
        if (certainty > Certainty.KnownHigh)
        {
            _uncertain.Add(json.Path);
        }

        return (source, certainty);
    }

    private Stated<ExactDecimal> ReadNumber(StrictObject json, Func<ExactDecimal, bool> rule, string expected)
    {
        var text = json.Text("value", t => ExactDecimal.TryParse(t, out var v) && rule(v), $"{expected}, in digits between double quotes");
        return Finish(json, ExactDecimal.TryParse(text, out var value) ? value : ExactDecimal.One);
    }

    private static bool Between(BigInteger value, int least, int most) => value >= least && value <= most;
}
