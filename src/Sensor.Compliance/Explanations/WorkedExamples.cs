using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Explanations;

/// <summary>Examples of an agreement, computed.</summary>
public static class WorkedExamples
{
    /// <summary>For the first section with inflows and the first without that have outcomes of their own: what each made-up window comes to.</summary>
    public static IReadOnlyList<WorkedExample> Of(Agreement agreement)
    {
        var own = agreement.Sections.Where(s => !s.ReferenceOnly).ToList();
        var sections = new[] { own.FirstOrDefault(s => s.Inflows.Count == 0), own.FirstOrDefault(s => s.Inflows.Count > 0) };
        return [.. sections.OfType<AgreedSection>().SelectMany(s => agreement.Rule.Examples(s).Select(e => Work(agreement, s, e)))];
    }

    private static WorkedExample Work(Agreement agreement, AgreedSection section, Example example)
    {
        var verdict = Verdict.Of(new ExampleScope(agreement, section, FirstWindow(agreement), example, isHere: true));
        return new WorkedExample(section, example.Label, verdict.Result, verdict.Reasons[0], verdict.Dues);
    }

    private static Window FirstWindow(Agreement agreement) => agreement.Windows.From(agreement.InForceFrom, agreement.Offset).First();
}

/// <summary>A made-up window and what the agreement makes of it.</summary>
/// <param name="Section">The section.</param>
/// <param name="Supposed">What is supposed.</param>
/// <param name="Result">What it comes to.</param>
/// <param name="Because">The comparison that decided, or the first thing that cannot be told.</param>
/// <param name="Dues">Who owes whom.</param>
public sealed record WorkedExample(AgreedSection Section, LocalText Supposed, OutcomeResult Result, Reason Because, IReadOnlyList<Due> Dues);
