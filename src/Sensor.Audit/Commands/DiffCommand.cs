using System.CommandLine;
using System.Text;
using Sensor.Compliance.Outcomes;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch diff</c>: what changed between two files of outcomes, and what it means in money.</summary>
internal static class DiffCommand
{
    private const string Details =
        """
        A.json and B.json each hold an outcome or an array of outcomes as 'waterwatch assess' prints them; A is the earlier. Either may be an evidence
        bundle, which is verified first. Outcomes of the same agreement, section and window are compared. One that only one of the files has is a difference too.

        Output: one JSON line for each agreement, section and window, in their ordinal order:
        {"agreement","section","window","same","effect":{"party","value","currency"}|null,"changes":[{"code","en","zh","facts"}],"before","after"}
        with members in ordinal order, in the form of RFC 8785. "before" and "after" are the digests. "effect" is how much more the payee of B
        gets (or the payee of A, where nobody pays in B); null where no payment changes. "changes" name the verdict first, then the inputs
        that differ, then what became of each deciding mean; docs/agreements.md lists the codes.

        With --words the same in sentences, and at the end the effect of all pairs for each party and currency.

        Exit code 0: nothing differs. 1: something differs, be it only the cut.
        """;

    public static Command Create()
    {
        var (first, second) = (File("A.json", "The earlier outcomes."), File("B.json", "The later outcomes."));
        var section = new Option<string?>("--section") { Description = "Compare this section alone.", HelpName = "S" };
        var window = new Option<string?>("--window") { Description = "Compare this window alone, by its label, such as 2020-08.", HelpName = "W" };
        var words = new Option<string?>("--words") { Description = "Write sentences in English or Chinese.", HelpName = "en|zh" };
        words.AcceptOnlyFromAmong("en", "zh");
        var command = new DetailedCommand("diff", "Names what changed between two files of outcomes, and what it means in money.", Details)
        {
            first, second, section, window, words,
        };
        command.SetAction(parsed =>
        {
            var pairs = OutcomePair.Read(parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), parsed.GetValue(section), parsed.GetValue(window));
            Write(parsed.InvocationConfiguration.Output, pairs, parsed.GetValue(words));
            return pairs.All(p => p.Same) ? ExitCode.Done : ExitCode.Different;
        });
        return command;
    }

    private static Argument<string> File(string name, string description) => new(name) { Description = description };

    private static void Write(TextWriter output, IReadOnlyList<OutcomePair> pairs, string? words)
    {
        if (words is not null)
        {
            DifferenceWords.Write(output, pairs, chinese: words == "zh");
            return;
        }

        foreach (var pair in pairs)
        {
            output.WriteLine(Encoding.UTF8.GetString(CanonicalJson.Write(pair.ToJson())));
        }
    }
}
