using Sensor.Compliance.Quality;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>
/// The quality tests that both parties signed: the only ones that can exclude a value. An operator's own tests may alert, never exclude.
/// </summary>
/// <param name="Exclude">The mildest flag that excludes: <see cref="QualityGrade.Fail"/>, or <see cref="QualityGrade.Suspect"/> for both.</param>
/// <param name="Tests">The tests, each name once.</param>
public sealed record AgreedQuality(Stated<QualityGrade> Exclude, IReadOnlyList<ConfiguredTest> Tests)
{
    private static readonly string[] ExcludeWords = ["fail", "suspect"];

    /// <summary>Whether a result excludes the value it is about.</summary>
    internal bool Excludes(QualityGrade grade) => grade == QualityGrade.Fail || (grade == QualityGrade.Suspect && Exclude.Value == QualityGrade.Suspect);

    /// <summary>The word of the document for the mildest flag that excludes.</summary>
    internal string ExcludeWord => ExcludeWords[Exclude.Value == QualityGrade.Fail ? 0 : 1];

    internal static AgreedQuality? Read(StrictObject parent, AgreementContext context)
    {
        if (parent.OptionalChild("quality") is not { } json)
        {
            return null;
        }

        var word = context.Stated.Word(json, "exclude", ExcludeWords);
        var tests = json.Children("tests", 1).Select(test => ReadTest(test, context)).OfType<ConfiguredTest>().ToList();
        foreach (var (name, times) in Repeats.In(tests.Select(t => t.Name)))
        {
            json.Problem("tests", $"has {times} tests of the name {name}", "Give each its own name");
        }

        json.End();
        return new AgreedQuality(new Stated<QualityGrade>(word.Value == ExcludeWords[0] ? QualityGrade.Fail : QualityGrade.Suspect, word.Source, word.Certainty), tests);
    }

    private static ConfiguredTest? ReadTest(StrictObject json, AgreementContext context)
    {
        var test = ConfiguredTest.Read(json);
        context.Stated.Provenance(json);
        if (test is null)
        {
            return null;
        }

        foreach (var section in test.Sections.Where(s => s.Length > 0 && context.Sections.All(known => known.Section != s)))
        {
            json.Problem("sections", $"names {section}, which is none of the agreement's sections", "Name sections of the agreement, or none for all of them");
        }

        if (test.Parameters.All(p => p.Length > 0 && !context.ParameterCodes.Contains(p)))
        {
            json.Problem(json.Has("parameter") ? "parameter" : "test", $"judges {string.Join(", ", test.Parameters)}, which the agreement does not use: there is nothing to exclude", "Name one of " + string.Join(", ", context.ParameterCodes));
        }

        if (test.Neighbour is not null)
        {
            json.Problem("test", "compares with another section; what happens elsewhere cannot exclude a value here", "Remove it; an operator may run it to be alerted");
        }

        json.End();
        return test;
    }
}
