using Sensor.Compliance.Agreements;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Quality;

/// <summary>Climatology: a value outside what its season, and its depth, have shown is suspect; outside what they can show it fails.</summary>
/// <remarks>
/// Source: QARTOD manuals, test 5. Of several members that fit a value the last one in the list judges it; a value that none fits is not evaluated.
/// </remarks>
/// <param name="Members">What is expected when.</param>
/// <param name="Calendar">The offset of the calendar in which months, weeks and days are told; default UTC.</param>
public sealed record ClimatologyTest(IReadOnlyList<ClimatologyMember> Members, UtcOffset Calendar = default) : SeriesTest
{
    /// <inheritdoc/>
    public override string Name => "climatology";

    /// <inheritdoc/>
    public override QualityInputs Optional => QualityInputs.Depths;

    internal static ClimatologyTest Read(StrictObject json)
    {
        var offset = json.OptionalText("offset", t => UtcOffset.TryParse(t, out _), "a fixed offset such as +08:00");
        var calendar = UtcOffset.TryParse(offset ?? "", out var given) ? given : default;
        return new([.. json.Children("members", 1).Select(m => ClimatologyMember.Read(m, calendar))], calendar);
    }

    private protected override Func<int, QualityResult> Judge(IReadOnlyList<SeriesPoint> series) => at =>
    {
        var point = series[at];
        var value = point.Value!.Value;
        if (Members.LastOrDefault(m => m.Fits(point, Calendar)) is not { } member)
        {
            return QualityResult.NotEvaluated("no member of the climatology fits its time and depth", "气候值中没有与其时间和深度相符的条目");
        }

        return member.Possible is { } possible && !possible.Holds(value) ? QualityResult.Fail($"{value} is outside {possible} of {member}", $"{value} 超出 {possible}（{member}）")
            : !member.Expected.Holds(value) ? QualityResult.Suspect($"{value} is outside {member.Expected} of {member}", $"{value} 超出 {member.Expected}（{member}）")
            : QualityResult.Pass($"{value} is inside {member.Expected} of {member}", $"{value} 在 {member.Expected} 之内（{member}）");
    };
}
