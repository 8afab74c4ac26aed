using System.CommandLine;
using Sensor.Compliance.Agreements;
using Sensor.Compliance.Explanations;
using Sensor.Compliance.Outcomes;

namespace Sensor.Audit.Commands;

/// <summary><c>waterwatch agreement check</c>: what an agreement document pays in which case, in words and by example.</summary>
internal static class AgreementCommand
{
    private const string Details =
        """
        Reads an agreement document. A document with mistakes is answered with every mistake, its place in the document and what was expected (exit 2).
        Otherwise its meaning follows in sentences, first in English, then in Chinese; then everything that is not certain; then a table of made-up
        windows with what the agreement makes of each, computed by the same rule that decides real ones. Facts that documents state count as 1 there.
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The agreement document." };
        var words = new Option<string>("--words") { Description = "en, zh or both.", HelpName = "LANGUAGE", DefaultValueFactory = _ => "both" };
        words.AcceptOnlyFromAmong("en", "zh", "both");
        var check = new DetailedCommand("check", "Says in words and by example what an agreement pays in which case.", Details) { file, words };
        check.SetAction(parsed =>
        {
            var agreement = InputFile.ReadDocument(parsed.GetRequiredValue(file), AgreementDocument.Read);
            var output = parsed.InvocationConfiguration.Output;
            foreach (var language in new[] { "en", "zh" }.Where(l => parsed.GetRequiredValue(words) is var chosen && (chosen == "both" || chosen == l)))
            {
                Explain(agreement, text => language == "en" ? text.En : text.Zh, output);
            }

            return ExitCode.Done;
        });
        return new Command("agreement", "Works on agreement documents.") { check };
    }

    private static void Explain(Agreement agreement, Func<LocalText, string> say, TextWriter output)
    {
        foreach (var line in AgreementExplanation.Of(agreement).Concat(AgreementExplanation.Uncertain(agreement)))
        {
            output.WriteLine(say(line));
        }

        output.WriteLine();
        foreach (var example in WorkedExamples.Of(agreement))
        {
            output.WriteLine($"{say(example.Section.Name)} | {say(example.Supposed)} | {Result(example, say)} | {Payments(example, say)}");
        }

        output.WriteLine();
    }

    private static string Result(WorkedExample example, Func<LocalText, string> say) =>
        say(new(example.Result.Word(), example.Result.WordZh())) + ": " + say(new(example.Because.En, example.Because.Zh));

    private static string Payments(WorkedExample example, Func<LocalText, string> say) => example.Dues.Count == 0
        ? say(new("nobody pays", "各方均不支付"))
        : string.Join("; ", example.Dues.Select(d => say(new(
            $"{d.Payer} pays {d.Payee} {d.Amount} {d.Currency} ({d.Clause})", $"{d.Payer}向{d.Payee}支付{d.Amount} {d.Currency}（{d.Clause}）"))));
}
