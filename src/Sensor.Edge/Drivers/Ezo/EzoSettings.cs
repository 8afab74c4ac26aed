using Sensor.Contracts;

namespace Sensor.Edge.Drivers.Ezo;

/// <summary>What an EZO circuit says about itself.</summary>
/// <param name="Text">Device, firmware, calibration, slope and the reason of the last restart, such as <c>I,pH,2.10; Cal,2; Slope,99.7,100.3; Status,P</c>.</param>
/// <param name="Supply">Its supply voltage as it stated it, which always moves and so is no setting.</param>
internal sealed record EzoSettings(string Text, string Supply)
{
    /// <summary>Reads all settings of a circuit, or says why it cannot.</summary>
    public static async Task<(EzoSettings? Settings, DriverReply.Failed? Failed)> ReadAsync(EzoConversation conversation, EzoKind kind)
    {
        var parts = new List<string>();
        string[] queries = ["I", .. kind.Settings, "Status"];
        foreach (var query in queries)
        {
            var answer = await conversation.AskAsync(query).ConfigureAwait(false);
            if (Fields(answer, query) is not { } fields)
            {
                return (null, new DriverReply.Failed(FailureKind.Transient, answer.Reason ?? MissingReason.BadAnswer, answer.Detail + answer.Text));
            }

            if (query == "I" && !fields.StartsWith(kind.Name + ",", StringComparison.OrdinalIgnoreCase))
            {
                return (null, new DriverReply.Failed(FailureKind.Misconfigured, MissingReason.BadAnswer, $"type {kind.Name} is configured, but the circuit says {answer.Text}; correct address or type"));
            }

            parts.Add($"{query.Split(',')[0]},{fields}");
        }

        return Split(parts);
    }

    /// <summary>What follows the repeated name of the query, whose case varies between firmwares: <c>?CAL,2</c> and <c>?Cal,2</c> are the same.</summary>
    private static string? Fields(EzoAnswer answer, string query)
    {
        if (answer.IsRefused && query.EndsWith('?'))
        {
            // An old firmware that does not know the query still measures; that it refused is what is known of the setting.
            return "refused";
        }

        var name = $"?{query.Split(',')[0]},";
        var rest = answer.Text is { } text && text.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? text[name.Length..] : "";
        return EzoFields.Of(rest) is { } fields && (query != "Status" || fields.Length == 2) ? rest : null;
    }

    private static (EzoSettings?, DriverReply.Failed?) Split(List<string> parts)
    {
        var status = parts[^1];
        var supply = status.LastIndexOf(',');
        parts[^1] = status[..supply];
        return (new EzoSettings(string.Join("; ", parts), status[(supply + 1)..]), null);
    }
}
