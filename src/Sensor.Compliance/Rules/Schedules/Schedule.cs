using Sensor.Compliance.Agreements;
using Sensor.Compliance.Arithmetic;
using Sensor.Compliance.Outcomes;
using Sensor.Compliance.Rules.Measures;
using Sensor.Contracts.Documents;

namespace Sensor.Compliance.Rules.Schedules;

/// <summary>How much a clause pays when it applies. One file per kind; amounts are in units of the agreement's currency, never below 0.</summary>
internal abstract record Schedule
{
    /// <summary>The measures it rests on.</summary>
    public abstract IReadOnlyList<string> Uses { get; }

    /// <summary>The schedule in the words of both languages.</summary>
    public abstract LocalText Words { get; }

    /// <summary>The amount and how it came about, or why it cannot be told.</summary>
    public abstract Finding Of(Findings findings);

    /// <summary>A stated amount of 0 or more.</summary>
    protected static Stated<ExactDecimal> ReadAmount(StrictObject json, string member, AgreementContext context) =>
        context.Stated.Number(json, member, v => v.Sign >= 0, "an amount, 0 or more");

    /// <summary>A cap that may be absent.</summary>
    protected static Stated<ExactDecimal>? ReadCap(StrictObject json, AgreementContext context) =>
        context.Stated.OptionalNumber(json, "cap", v => v.Sign > 0, "an amount above 0");

    /// <summary>The amount, at least 0 and at most the cap.</summary>
    protected static Finding Capped(ExactDecimal amount, Stated<ExactDecimal>? cap, JsonObject steps)
    {
        var positive = amount.Sign < 0 ? ExactDecimal.Zero : amount;
        var capped = cap is not null && positive > cap.Value ? cap.Value : positive;
        return Finding.Known(capped, steps.With("cap", cap is null ? null : cap.Value.ToString()).With("beforeCap", cap is null ? null : positive.ToString()));
    }

    /// <summary>The words of a cap.</summary>
    protected static LocalText CapWords(Stated<ExactDecimal>? cap) =>
        cap is null ? new("", "") : new($", at most {cap.Value}", $"，最高{cap.Value}");
}
