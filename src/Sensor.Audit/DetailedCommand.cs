using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sensor.Audit;

/// <summary>A command with one line for the list of commands and details that its own --help shows.</summary>
internal sealed class DetailedCommand(string name, string description, string details) : Command(name, description)
{
    /// <summary>Makes the --help of a root show the details of its commands, and the exit codes.</summary>
    public static void ShowDetailsIn(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new Help((HelpAction)help.Action!);
    }

    private sealed class Help(HelpAction inner) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = inner.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is DetailedCommand command)
            {
                output.WriteLine(command.Details);
                output.WriteLine();
            }

            output.WriteLine(ExitCode.Help);
            return code;
        }
    }

    private string Details => details;
}
