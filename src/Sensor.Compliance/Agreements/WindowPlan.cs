using System.Globalization;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Agreements;

/// <summary>How an agreement cuts time into windows.</summary>
/// <param name="Kind">The length of a window.</param>
/// <param name="StartMonth">The month, 1 to 12, in which a year begins; quarters count from it too.</param>
public sealed record WindowPlan(WindowKind Kind, int StartMonth)
{
    /// <summary>The months of a window.</summary>
    public int Months => Kind switch { WindowKind.Year => 12, WindowKind.Quarter => 3, _ => 1 };

    /// <summary>The window that holds a local day.</summary>
    public Window WindowOf(DateOnly day, UtcOffset offset)
    {
        var sinceStart = (day.Month - StartMonth + 12) % 12 % Months;
        var first = new DateOnly(day.Year, day.Month, 1).AddMonths(-sinceStart);
        return new Window(first, first.AddMonths(Months), Label(first), offset);
    }

    /// <summary>The window before one of this plan.</summary>
    internal Window Previous(Window window) => WindowOf(window.From.AddDays(-1), window.Offset);

    /// <summary>The same window a year earlier.</summary>
    internal Window YearBefore(Window window) => WindowOf(window.From.AddYears(-1), window.Offset);

    internal static WindowPlan Read(StrictObject json)
    {
        var kind = json.Word("kind", ["year", "quarter", "month"]) switch
        {
            "year" => WindowKind.Year,
            "quarter" => WindowKind.Quarter,
            _ => WindowKind.Month,
        };
        var startMonth = (int)json.Whole("startMonth", 1, 12, 1);
        json.End();
        return new WindowPlan(kind, startMonth);
    }

    private string Label(DateOnly first)
    {
        var month = first.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return Kind switch
        {
            WindowKind.Month => month,
            WindowKind.Year when first.Month == 1 => month[..4],
            WindowKind.Quarter when first.Month % 3 == 1 => month[..4] + "-Q" + (char)('0' + ((first.Month + 2) / 3)),
            _ => month + ".." + first.AddMonths(Months - 1).ToString("yyyy-MM", CultureInfo.InvariantCulture),
        };
    }
}

/// <summary>The length of a window.</summary>
public enum WindowKind
{
    /// <summary>Twelve months.</summary>
    Year,

    /// <summary>Three months.</summary>
    Quarter,

    /// <summary>One calendar month.</summary>
    Month,
}
