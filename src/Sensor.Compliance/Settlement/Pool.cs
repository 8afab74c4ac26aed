using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Contracts;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Settlement;

/// <summary>
/// Money that the parties put together and divide again: contributions by one set of proportions, allocation by another, and what is forfeited when a
/// section fails.
/// </summary>
/// <param name="Amount">The amount of a settle period, or 1 where <paramref name="TimesFact"/> is the amount itself.</param>
/// <param name="TimesFact">A fact that multiplies it, such as the growth of the domestic product or the total cost of a year; null where there is none.</param>
/// <param name="Contributions">Who pays in.</param>
/// <param name="Allocation">Who is paid.</param>
/// <param name="Forfeits">What failing sections change.</param>
public sealed record Pool(
    Stated<ExactDecimal> Amount, string? TimesFact, IReadOnlyList<Share> Contributions, IReadOnlyList<Share> Allocation, IReadOnlyList<Forfeit> Forfeits)
{
    internal static Pool Read(StrictObject json, AgreementContext context)
    {
        var pool = new Pool(
            context.Stated.Number(json, "amount", v => v.Sign > 0, "an amount above 0"),
            json.OptionalText("timesFact", Names.IsLowerId, "the name of a fact, of lower-case letters, digits and -"),
            Share.ReadAll(json, "contributions", context),
            Share.ReadAll(json, "allocation", context),
            [.. json.Children("forfeits").Select(f => Forfeit.Read(f, context))]);
        foreach (var forfeit in pool.Forfeits.GroupBy(f => f.Party, StringComparer.Ordinal).Where(g => ExactDecimal.Sum(g.Select(f => f.Percent.Value)) > ExactDecimal.From(100)))
        {
            json.Problem("forfeits", $"take more than 100 per cent from {forfeit.Key}", "Let the percentages of one party add up to 100 at most");
        }

        json.End();
        return pool;
    }
}
