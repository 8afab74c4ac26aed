using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Schedules;

/// <summary>
/// <c>bands</c>: the amount of the first band whose upper bound a measure does not exceed; the last band has none. With <c>times</c> the amount is
/// multiplied by another measure, as in a × (1 + x).
/// </summary>
internal sealed record Bands(string Measured, IReadOnlyList<Band> All, string? Times, Stated<ExactDecimal>? Cap) : Schedule
{
    public const string Word = "bands";

    public override IReadOnlyList<string> Uses => Times is null ? [Measured] : [Measured, Times];

    public override LocalText Words
    {
        get
        {
            var times = Times is null ? "" : $" × {Times}";
            return new(
                string.Join("; ", All.Select(b => $"{b.Amount.Value}{times}{(b.AtMost is null ? " above that" : $" up to {Measured} {b.AtMost.Value}")}")) + CapWords(Cap).En,
                string.Join("；", All.Select(b => $"{(b.AtMost is null ? "以上" : $"{Measured}不高于{b.AtMost.Value}")}：{b.Amount.Value}{times}")) + CapWords(Cap).Zh);
        }
    }

    public static Bands Read(StrictObject json, AgreementContext context)
    {
        var bands = json.Children("bands", 1).Select(b => ReadBand(b, context)).ToList();
        if (bands.SkipLast(1).Any(b => b.AtMost is null) || bands.LastOrDefault()?.AtMost is not null || bands.Zip(bands.Skip(1)).Any(p => p.First.AtMost?.Value >= p.Second.AtMost?.Value))
        {
            json.Problem("bands", "are not in rising order of atMost up to a last one without", "Put the lowest band first; the last has no atMost, and the amount 0 where nothing is due");
        }

        return new Bands(context.ReadMeasure(json, "of"), bands, json.Has("times") ? context.ReadMeasure(json, "times") : null, ReadCap(json, context));
    }

    public override Finding Of(Findings findings)
    {
        var (values, lacking) = findings.All(Uses);
        if (values is null)
        {
            return Finding.Unknown(lacking);
        }

        var band = All.First(b => b.AtMost is null || values[0] <= b.AtMost.Value);
        var amount = band.Amount.Value;
        return Capped(Times is null ? amount : amount * values[1], Cap, new JsonObject
        {
            { "kind", Word }, { "of", Measured }, { "value", values[0].ToString() }, { "atMost", band.AtMost?.Value.ToString() }, { "amount", amount.ToString() },
            { "times", Times is null ? null : values[1].ToString() },
        });
    }

    private static Band ReadBand(StrictObject json, AgreementContext context)
    {
        var band = new Band(context.Stated.OptionalNumber(json, "atMost", _ => true, "an upper bound"), ReadAmount(json, "amount", context));
        json.End();
        return band;
    }
}

/// <summary>A band: up to and including a bound.</summary>
internal sealed record Band(Stated<ExactDecimal>? AtMost, Stated<ExactDecimal> Amount);
