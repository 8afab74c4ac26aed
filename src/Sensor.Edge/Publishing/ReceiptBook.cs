using System.Collections.Concurrent;
using System.Text.Json;
using Sensor.Edge.Outbox;

namespace Sensor.Edge.Publishing;

/// <summary>What operators' receipts said that did not fit, since the process began; for the status. None of it counts or frees a record.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ReceiptBook
{
    /// <summary>What a person has to do when operators hold what this outbox does not.</summary>
    public const string Remedy =
        "An older copy of this station's data was put back, or another device signs with its key. Let one device run, keep every copy of the data directory, and tell the operators. What this run signs stays valid.";

    private readonly ConcurrentDictionary<string, Page> _pages = new(StringComparer.Ordinal);

    /// <summary>Notes what became of a receipt.</summary>
    public void Note(string operatorId, ReceiptVerdict verdict)
    {
        if (verdict.Outcome is ReceiptOutcome.Refused or ReceiptOutcome.UnknownRun or ReceiptOutcome.Alarm)
        {
            _pages.AddOrUpdate(operatorId, _ => new Page(0, 0, 0, "").With(verdict), (_, page) => page.With(verdict));
        }
    }

    /// <summary>Writes the member <c>receipts</c>: an object for each operator that has something in it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("receipts");
        foreach (var (operatorId, page) in _pages.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(operatorId);
            json.WriteNumber("refused", page.Refused);
            json.WriteNumber("unknownRun", page.UnknownRun);
            json.WriteNumber("contradicting", page.Contradicting);
            json.WriteString("last", page.Last);
            if (page.UnknownRun + page.Contradicting > 0)
            {
                json.WriteString("remedy", Remedy);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private sealed record Page(long Refused, long UnknownRun, long Contradicting, string Last)
    {
        public Page With(ReceiptVerdict verdict) => verdict.Outcome switch
        {
            ReceiptOutcome.Refused => this with { Refused = Refused + 1, Last = verdict.Detail },
            ReceiptOutcome.UnknownRun => this with { UnknownRun = UnknownRun + 1, Last = verdict.Detail },
            _ => this with { Contradicting = Contradicting + 1, Last = verdict.Detail },
        };
    }
}
