using Sensor.Compliance.Outcomes;

namespace Sensor.Compliance.Settlement;

/// <summary>Writes the members of a clearing.</summary>
internal static class ClearingJson
{
    /// <summary>The value of the member <c>schema</c>.</summary>
    public const string Schema = "waterwatch/clearing/1";

    public static JsonObject Of(Clearing clearing) => new()
    {
        { "schema", Schema },
        { "agreement", new JsonObject
            {
                { "id", clearing.Agreement.Id }, { "version", clearing.Agreement.Version }, { "digest", clearing.Agreement.Digest.ToString() },
                { "title", clearing.Agreement.Title.ToJson() },
            }
        },
        { "period", new JsonObject
            {
                { "from", clearing.Period.Offset.Format(clearing.Period.Start) }, { "to", clearing.Period.Offset.Format(clearing.Period.End) }, { "label", clearing.Period.Label },
            }
        },
        { "currency", clearing.Agreement.Currency },
        { "complete", clearing.Complete },
        { "open", JsonList.Of(clearing.Open, o => o) },
        { "lacking", JsonList.Of(clearing.Lacking, r => r.ToJson()) },
        { "outcomes", JsonList.Of(clearing.Outcomes, OutcomeMembers) },
        { "movements", JsonList.Of(clearing.Movements, m => new JsonObject { { "because", m.Because }, { "of", m.Of }, { "from", m.From }, { "to", m.To }, { "amount", m.Amount.ToString() } }) },
        { "balances", JsonList.Of(clearing.Balances, b => new JsonObject { { "party", b.Party }, { "amount", b.Amount.ToString() } }) },
        { "illustrative", clearing.Agreement.Illustrative || clearing.Outcomes.Any(o => o.Agreement.Illustrative) },
    };

    private static JsonObject OutcomeMembers(Outcome outcome) => new()
    {
        { "section", outcome.Section }, { "window", outcome.Window.Label }, { "state", outcome.State.Word() }, { "result", outcome.Result.Word() },
        { "verdictDigest", outcome.VerdictDigest.ToString() },
    };
}
