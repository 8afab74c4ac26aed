using Sensor.Compliance.Agreements;
using Sensor.Compliance.Outcomes;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Measures;

/// <summary>Where and when a measure looks: the section and window themselves, another section, an earlier window.</summary>
/// <param name="Section">A section's name, <c>inflow</c> for those that the section names as its inflows, or null for itself.</param>
/// <param name="When">Which window.</param>
/// <param name="YearMonths">The least months of a calendar year that is looked at; null for every other window.</param>
internal sealed record Place(string? Section, PlaceTime When, Stated<int>? YearMonths)
{
    private const string Inflow = "inflow";

    private static readonly string[] Words = ["this", "previous", "yearBefore", "calendarYearBefore"];

    /// <summary>Whether it is the section and window themselves.</summary>
    public bool IsHere => Section is null && When == PlaceTime.This;

    public static Place Read(StrictObject json, AgreementContext context)
    {
        var section = json.OptionalText("section", s => s == Inflow || context.Sections.Any(a => a.Section == s), "inflow or one of the agreement's sections");
        var when = (PlaceTime)Array.IndexOf(Words, json.Word("window", Words, Words[0]));
        return new Place(section, when, when == PlaceTime.CalendarYearBefore ? context.Stated.Whole(json, "minimumMonths", 1, 12) : null);
    }

    /// <summary>The scopes it names: one, or one for each inflow; null where there is no such window or inflow.</summary>
    public IReadOnlyList<RuleScope>? Of(RuleScope scope)
    {
        if (WindowOf(scope) is not { } window)
        {
            return null;
        }

        IReadOnlyList<AgreedSection> sections = Section switch
        {
            null => [scope.Section],
            Inflow => [.. scope.Section.Inflows.Select(name => scope.Agreement.FindSection(name)!)],
            { } name => [scope.Agreement.FindSection(name)!],
        };
        return sections.Count == 0 ? null : IsHere ? [scope] : [.. sections.Select(section => YearMonths is null ? scope.At(section, window) : scope.AtYear(section, window, YearMonths))];
    }

    /// <summary>Why there is nothing to look at.</summary>
    public Reason Nothing(RuleScope scope) => Section == Inflow
        ? new Reason("no-inflow", $"section {scope.Section.Section} has no inflow section", $"断面{scope.Section.Section}无入境断面", new JsonObject { { "section", scope.Section.Section } })
        : NoWindow(scope);

    /// <summary>Why an earlier window cannot be looked at.</summary>
    public static Reason NoWindow(RuleScope scope) => new(
        "no-such-window", $"there is no window before {scope.Window.Label} to compare with", $"{scope.Window.Label}之前无可比时段", new JsonObject { { "window", scope.Window.Label } });

    /// <summary>Such as <c> at the inflow, a year before</c>; empty for the section and window themselves.</summary>
    public LocalText Suffix => new(
        (Section switch { null => "", Inflow => " at the inflow", { } s => $" at {s}" }) + (When switch
        {
            PlaceTime.Previous => " in the window before",
            PlaceTime.YearBefore => " a year before",
            PlaceTime.CalendarYearBefore => " in the calendar year before",
            _ => "",
        }),
        (When switch { PlaceTime.Previous => "上一时段", PlaceTime.YearBefore => "上年同期", PlaceTime.CalendarYearBefore => "上一年度", _ => "" })
        + (Section switch { null => "", Inflow => "入境断面", { } s => $"{s}断面" }));

    private Window? WindowOf(RuleScope scope) => When switch
    {
        PlaceTime.Previous => scope.Agreement.Windows.Previous(scope.Window),
        PlaceTime.YearBefore => scope.Agreement.Windows.YearBefore(scope.Window),
        PlaceTime.CalendarYearBefore => WindowPlan.CalendarYears.WindowOf(new DateOnly(scope.Window.From.Year - 1, 1, 1), scope.Window.Offset),
        _ => scope.Window,
    };
}

/// <summary>Which window a measure looks at.</summary>
internal enum PlaceTime
{
    /// <summary><c>this</c>: the window that is decided.</summary>
    This,

    /// <summary><c>previous</c>: the window before it.</summary>
    Previous,

    /// <summary><c>yearBefore</c>: the same window a year earlier.</summary>
    YearBefore,

    /// <summary><c>calendarYearBefore</c>: the whole calendar year before the one in which the window begins.</summary>
    CalendarYearBefore,
}
